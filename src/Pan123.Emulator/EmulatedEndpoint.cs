namespace Pan123.Emulator;

/// <summary>An endpoint of a <see cref="Pan123Emulator"/>.</summary>
/// <param name="Method">The HTTP method that it takes, such as <c>POST</c>.</param>
/// <param name="Path">The path, such as <c>/api/v1/file/delete</c>.</param>
/// <param name="RequestsPerSecond">The most requests that it accepts within any one second; null if there is no limit.</param>
public sealed record EmulatedEndpoint(string Method, string Path, int? RequestsPerSecond);
