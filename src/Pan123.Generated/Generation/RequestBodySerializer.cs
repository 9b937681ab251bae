using System.Text.Json.Serialization.Metadata;

namespace Pan123;

/// <summary>Lets the serializer use the generated code of a request body, without reflection.</summary>
internal static class RequestBodySerializer
{
    private static readonly JsonTypeInfo<IRequestBody> TypeInfo = JsonMetadataServices.CreateObjectInfo(
        new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() },
        new JsonObjectInfoValues<IRequestBody> { SerializeHandler = static (json, body) => body.WriteTo(json) });

    /// <returns>The JSON, in a new array: a transport may keep it, and a reused array would then contain another call's IDs.</returns>
    public static byte[] Write(IRequestBody body) => JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo);
}
