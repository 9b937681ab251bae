using System.Net;

namespace Pan123.Emulator.Tests;

public sealed class OddBodyTests : AccessTokenFixture
{
    [TestCase(1024)]
    [TestCase(3 * 1024 * 1024)]
    public async Task An_oversized_body_is_an_envelope_of_just_the_size_asked_for(int bytes)
    {
        Pan.Faults.Enqueue(Fault.OversizedBody(bytes));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(reply.Code, Is.Zero);
        Assert.That(reply.Body, Has.Length.EqualTo(bytes).And.EndsWith(" }"));
        Assert.That(reply.ContentHeaders.ContentLength, Is.EqualTo(bytes));
    }

    [Test]
    public async Task An_oversized_body_may_come_unannounced()
    {
        Pan.Faults.Enqueue(Fault.OversizedBody(100_000, isAnnounced: false));
        using var request = DeleteRequest(Body(1));

        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TimeLimit);
        var body = await response.Content.ReadAsByteArrayAsync(TimeLimit);

        Assert.That(response.Headers.TransferEncodingChunked, Is.True);
        Assert.That(response.Content.Headers.Contains("Content-Length"), Is.False);
        Assert.That(body, Has.Length.EqualTo(100_000));
    }

    [Test]
    public async Task A_client_that_gives_up_on_an_oversized_body_leaves_the_emulator_able_to_serve_the_next()
    {
        Pan.Faults.Enqueue(Fault.OversizedBody(long.MaxValue));
        using (var request = DeleteRequest(Body(1)))
        using (await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TimeLimit))
        {
            // The client closes the connection here, since it has read next to nothing.
        }

        Pan.Drive.AddToRecycleBin(1);
        var next = await DeleteAsync(1);

        Assert.That(next.Code, Is.Zero);
    }

    [Test]
    public void An_oversized_body_has_room_for_an_envelope()
    {
        Assert.That(() => Fault.OversizedBody(1023), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase("text/plain", "text/plain")]
    [TestCase(null, "")]
    public async Task A_wrong_content_type_comes_with_a_good_envelope(string? contentType, string expected)
    {
        Pan.Faults.Enqueue(Fault.WrongContentType(contentType));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo(expected));
        Assert.That(reply.Code, Is.Zero);
    }

    [Test]
    public async Task After_the_work_the_good_envelope_has_the_token_that_was_issued()
    {
        Pan.Faults.Enqueue(Fault.WrongContentType("text/plain"));
        Pan.Faults.Enqueue(Fault.WrongContentType("text/plain").AfterProcessing());

        var before = await SendAsync(TokenRequest(Credentials()));
        var after = await SendAsync(TokenRequest(Credentials()));

        Assert.That(before.Body, Does.Contain("\"data\":null"));
        Assert.That(DataOf(after, "accessToken"), Is.EqualTo(Pan.Tokens.Active.Single()));
    }

    [Test]
    public void A_size_and_a_content_type_are_part_of_the_fault_s_name()
    {
        Assert.That(Fault.OversizedBody(5000).Name, Is.EqualTo("oversized body of 5000 bytes"));
        Assert.That(Fault.WrongContentType("text/plain").Name, Is.EqualTo("content type text/plain"));
        Assert.That(Fault.WrongContentType(null).Name, Is.EqualTo("no content type"));
        Assert.That($"{Fault.ConnectionReset().AfterProcessing()}", Is.EqualTo("connection reset, after processing"));
    }
}
