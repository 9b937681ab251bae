using System.Net;

namespace Pan123.Emulator;

/// <summary>How a <see cref="Pan123Emulator"/> behaves. The emulator knows no limits but these.</summary>
public sealed class Pan123EmulatorOptions
{
    /// <summary>The value of <see cref="AccessToken"/> unless told otherwise: <c>emulator-access-token</c>.</summary>
    public const string DefaultAccessToken = "emulator-access-token";

    /// <summary>The TCP port on 127.0.0.1. Default: 0, which takes any free one.</summary>
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

    /// <summary>The one access token that is accepted. Default: <see cref="DefaultAccessToken"/>.</summary>
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

    /// <summary>The most file IDs that one request may carry. Default: 100, the documented limit.</summary>
    /// <remarks>That a request over the limit is refused as a whole, with code 1, is an assumption.</remarks>
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
    /// What is answered when a request names stale IDs: files that are not in the recycle bin, because they are unknown, active or
    /// already deleted. Default: <see cref="StaleIdsAnswer.RejectRequest"/>.
    /// </summary>
    /// <remarks>
    /// The platform documents that a file must be in the recycle bin, not what happens otherwise. Each value is an assumption, the
    /// default too: a client should be right under all of them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleIdsAnswer AssumedAnswerToStaleIds
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not an answer that the emulator knows.");
            }

            field = value;
        }
    }
}
