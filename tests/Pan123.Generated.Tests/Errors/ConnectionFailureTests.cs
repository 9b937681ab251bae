using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>What becomes of a call when the connection fails: sent or not sent is what a caller must know.</summary>
public sealed class ConnectionFailureTests() : EmulatorFixture(Ids)
{
    private static readonly long[] Ids = [14705301, 14705306];

    [Test]
    public async Task Files_in_the_recycle_bin_are_deleted()
    {
        using var client = CreateClient();

        var response = await client.DeleteFilesAsync(Ids);

        Assert.Multiple(() =>
        {
            Assert.That(response.TraceId, Is.Not.Empty);
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo(Ids));
        });
    }

    [Test]
    public async Task A_hundred_files_are_deleted_by_one_request()
    {
        var ids = Enumerable.Range(0, 100).Select(i => long.MaxValue - i).ToArray();
        Emulator.Drive.AddToRecycleBin(ids);
        using var client = CreateClient();

        await client.DeleteFilesAsync(ids);

        Assert.That((Emulator.Requests.Count, Emulator.Drive.DeletedFileIds), Is.EqualTo((1, ids)));
    }

    [Test]
    public async Task A_file_that_is_not_in_the_recycle_bin_is_a_rejection_with_the_services_code()
    {
        Emulator.Drive.AddActive(7);
        using var client = CreateClient();

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([7])))!;

        Assert.That((rejected.Code, Emulator.Drive.GetState(7)), Is.EqualTo(((Pan123ErrorCode?)Pan123ErrorCode.FileNotFound, FileState.Active)));
    }

    [Test]
    public async Task Nobody_listening_means_not_sent()
    {
        using var client = CreateClient();
        await Emulator.DisposeAsync();

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(notSent.Message, Does.Contain($"{Emulator.BaseAddress} "));
            Assert.That(notSent.InnerException, Is.InstanceOf<HttpRequestException>());
        });
    }

    [Test]
    public async Task An_unknown_host_means_not_sent()
    {
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = new Uri("https://nowhere.invalid"), AccessToken = "token", MaxRetries = 0 });

        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids));
    }

    [Test]
    public async Task A_failed_TLS_handshake_means_not_sent()
    {
        // The emulator answers a handshake with HTTP 400 in plain text.
        var https = new UriBuilder(Emulator.BaseAddress) { Scheme = "https" }.Uri;
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = https, AccessToken = "token", MaxRetries = 0 });

        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids));
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_means_not_sent()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = new Uri($"https://{listener.LocalEndpoint}"), AccessToken = "token", MaxRetries = 0 });

        var call = client.DeleteFilesAsync(Ids);
        using var connection = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(connection.GetStream());
        var received = 0;
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            received = await tls.ReadAsync(new byte[1]);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // The client turned away, in the handshake or after it.
        }

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => call))!;

        Assert.Multiple(() =>
        {
            Assert.That(notSent.InnerException?.InnerException, Is.InstanceOf<AuthenticationException>());
            Assert.That(received, Is.Zero);
        });
    }

    [Test]
    public async Task A_connection_that_breaks_before_the_answer_leaves_the_outcome_unknown()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing());
        using var client = CreateClient();

        var call = client.DeleteFilesAsync(Ids);
        await Emulator.WaitForRequestAsync();
        await Emulator.DisposeAsync();
        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => call))!;

        Assert.Multiple(() =>
        {
            Assert.That(unknown.FileIds, Is.EqualTo(Ids));
            Assert.That(unknown.StatusCode, Is.Null);
            Assert.That(unknown.InnerException, Is.InstanceOf<HttpRequestException>());
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo(Ids));
        });
    }

    [Test]
    public async Task A_connection_that_breaks_in_the_answer_leaves_the_outcome_unknown()
    {
        Emulator.Faults.Enqueue(Fault.StalledBody().AfterProcessing());
        using var client = CreateClient();

        var call = client.DeleteFilesAsync(Ids);
        await Emulator.WaitForRequestAsync();
        await Emulator.DisposeAsync();

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => call);
    }

    [Test]
    public async Task An_answer_that_never_comes_leaves_the_outcome_unknown_when_the_time_is_out([Values] bool headersCome)
    {
        Emulator.Faults.Enqueue(headersCome ? Fault.StalledBody() : Fault.StalledHeaders());
        using var client = CreateClient(builder => builder.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMilliseconds(300)));

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync(Ids)))!;

        Assert.That(unknown.InnerException, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_caller_that_cancels_gets_a_cancellation_whatever_stalls([Values] bool headersCome)
    {
        Emulator.Faults.Enqueue(headersCome ? Fault.StalledBody() : Fault.StalledHeaders());
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();

        var call = client.DeleteFilesAsync(Ids, cancellation.Token);
        await Emulator.WaitForRequestAsync();
        await cancellation.CancelAsync();

        Assert.That(() => call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task An_answer_larger_than_a_mebibyte_leaves_the_outcome_unknown()
    {
        Emulator.Faults.Enqueue(Fault.Response(HttpStatusCode.OK, "application/json", FakeService.Success + new string(' ', 1 << 20)));
        using var client = CreateClient();

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync(Ids));
    }

    [Test]
    public async Task A_disposed_client_leaves_a_running_call_with_its_outcome_unknown()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders());
        using var client = CreateClient();

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(async () =>
        {
            var call = client.DeleteFilesAsync(Ids);
            await Emulator.WaitForRequestAsync();
            await client.DisposeAsync();
            await call;
        });
    }

    [Test]
    public async Task Many_callers_share_one_client()
    {
        var ids = Enumerable.Range(1, 640).Select(id => (long)id).ToArray();
        Emulator.Drive.AddToRecycleBin(ids);
        using var client = CreateClient();

        await Task.WhenAll(ids.Chunk(10).Select(chunk => Task.Run(() => client.DeleteFilesAsync(chunk))));

        Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(ids));
    }
}
