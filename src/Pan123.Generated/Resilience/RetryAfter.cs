namespace Pan123;

/// <summary>The header <c>Retry-After</c>, which the service does not document but a gateway may send.</summary>
/// <remarks><see href="https://datatracker.ietf.org/doc/html/rfc9110#section-10.2.3">RFC 9110</see>.</remarks>
internal static class RetryAfter
{
    /// <returns>How long to wait; null if the header does not say.</returns>
    public static TimeSpan? Parse(HttpResponseMessage response, TimeProvider timeProvider)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - timeProvider.GetUtcNow();
        return wait >= TimeSpan.Zero ? wait : null;
    }
}
