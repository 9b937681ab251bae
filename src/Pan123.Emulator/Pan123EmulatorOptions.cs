using System.Collections.ObjectModel;
using System.Net;

namespace Pan123.Emulator;

/// <summary>The options of a <see cref="Pan123Emulator"/>. It has no other limits than these.</summary>
public sealed partial class Pan123EmulatorOptions
{
    /// <summary>The default of <see cref="AccessToken"/>: <c>emulator-access-token</c>.</summary>
    public const string DefaultAccessToken = "emulator-access-token";

    /// <summary>The default of <see cref="ClientId"/>: <c>emulator-client-id</c>.</summary>
    public const string DefaultClientId = "emulator-client-id";

    /// <summary>The default of <see cref="ClientSecret"/>: <c>emulator-client-secret</c>.</summary>
    public const string DefaultClientSecret = "emulator-client-secret";

    /// <summary>The TCP port on 127.0.0.1. Default: 0, for any free port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a port, 0 to 65535.</exception>
    public int Port
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, IPEndPoint.MinPort);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, IPEndPoint.MaxPort);
            field = value;
        }
    }

    /// <summary>
    /// The fixed access token, which is accepted in addition to the issued ones (<see cref="Pan123Emulator.Tokens"/>), never expires and
    /// does not count as active. Default: <see cref="DefaultAccessToken"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string AccessToken
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = DefaultAccessToken;

    /// <summary>The <c>clientID</c> for which access tokens are issued. Default: <see cref="DefaultClientId"/>.</summary>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string ClientId
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = DefaultClientId;

    /// <summary>The <c>clientSecret</c> for which access tokens are issued. Default: <see cref="DefaultClientSecret"/>.</summary>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string ClientSecret
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = DefaultClientSecret;

    /// <summary>
    /// How long an issued access token is active: until its <c>expiredAt</c>, which is rounded up to a whole second. Default: 30 days, as
    /// documented.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0, or exceeds 36,500 days.</exception>
    public TimeSpan AccessTokenLifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(36_500));
            field = value;
        }
    } = TimeSpan.FromDays(30);

    /// <summary>
    /// The maximum number of issued access tokens that are active at a time: issuing another invalidates the oldest one. Default: 3, the
    /// documented limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxActiveAccessTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>
    /// The maximum number of requests to an endpoint that are accepted within any second (a sliding window), from all clients. Those over
    /// the limit are rejected with code 429, do nothing, meet no fault, and do not count. Default: null, no limit.
    /// </summary>
    /// <remarks>
    /// The platform documents a number per endpoint, not how it counts. A sliding window is the strictest: a client that keeps to it
    /// also keeps to a limit per full second.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? RequestsPerSecond
    {
        get;
        init
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>
    /// The clock by which tokens expire and requests are recorded and limited; only its <see cref="TimeProvider.GetUtcNow"/> is used.
    /// Default: <see cref="TimeProvider.System"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    /// <summary>
    /// The maximum number of file IDs in a request, except one that looks up files. Default: 100, the documented limit.
    /// </summary>
    /// <remarks>That a request over the limit is rejected as a whole, with code 1, is an assumption.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxFileIdsPerRequest
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>
    /// Limits of single endpoints by path, such as <see cref="DocumentedRequestsPerSecond"/>; for other endpoints,
    /// <see cref="RequestsPerSecond"/> is the limit. Default: empty.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is less than 1.</exception>
    public IReadOnlyDictionary<string, int> RequestsPerSecondByPath
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var limit in value.Values)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            }

            field = new Dictionary<string, int>(value);
        }
    } = new Dictionary<string, int>();

    /// <summary>
    /// The limits that the platform documents, as of April 2026 for developers; that of <see cref="Pan123Emulator.TrashFilesPath"/> and
    /// <see cref="Pan123Emulator.GetFilesPath"/> is for third parties. It documents none for the two that recover files.
    /// </summary>
    public static IReadOnlyDictionary<string, int> DocumentedRequestsPerSecond { get; } = new ReadOnlyDictionary<string, int>(
        new Dictionary<string, int>
        {
            [Pan123Emulator.AccessTokenPath] = 10,
            [Pan123Emulator.ListFilesPath] = 15,
            [Pan123Emulator.GetFilesPath] = 10,
            [Pan123Emulator.TrashFilesPath] = 5,
            [Pan123Emulator.DeleteFilesPath] = 10,
        });

    /// <summary>
    /// Whether <c>x-traceID</c> is the empty string in every response, as it is in a third of the documentation's examples. Default: false.
    /// </summary>
    public bool SendsEmptyTraceIds { get; init; }

    /// <summary>
    /// Whether a lookup returns files as <c>list</c>, as in the documentation's example, or as <c>fileList</c>, as in its table. Default:
    /// false, <c>fileList</c>.
    /// </summary>
    public bool SendsLookupAsList { get; init; }

    /// <summary>
    /// Whether the <c>data</c> of a response to <see cref="Pan123Emulator.RecoverFilesPath"/> is null, as documented until October 2025, so
    /// that it does not tell which files were not recovered. Default: false.
    /// </summary>
    public bool SendsNullForRecover { get; init; }
}
