namespace Pan123.Emulator;

/// <summary>An endpoint of a <see cref="Pan123Emulator"/>.</summary>
/// <param name="Method">The HTTP method that it accepts, such as <c>POST</c>.</param>
/// <param name="Path">The path, such as <c>/api/v1/file/delete</c>.</param>
/// <param name="RequestsPerSecond">The maximum number of requests that it accepts within any second; null for no limit.</param>
public sealed record EmulatedEndpoint(string Method, string Path, int? RequestsPerSecond);
