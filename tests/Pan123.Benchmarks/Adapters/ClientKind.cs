namespace Pan123.Benchmarks;

/// <summary>The clients that are compared; the others are measured by the first.</summary>
public enum ClientKind
{
    /// <summary>HttpClient, and System.Text.Json with source generation.</summary>
    HandWritten,

    /// <summary>This library.</summary>
    Pan123,

    /// <summary>Refit, as its documentation shows it.</summary>
    Refit,

    /// <summary>What NSwag makes of the specification without templates.</summary>
    NSwag,

    /// <summary>RestSharp, as its documentation shows it.</summary>
    RestSharp,
}
