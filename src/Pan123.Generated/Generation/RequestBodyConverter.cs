using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pan123;

/// <summary>Lets the serializer write what writes itself, without reflection.</summary>
internal sealed class RequestBodyConverter : JsonConverter<IRequestBody>
{
    private static readonly JsonTypeInfo<IRequestBody> TypeInfo =
        JsonMetadataServices.CreateValueInfo<IRequestBody>(new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() }, new RequestBodyConverter());

    /// <returns>The JSON, in an array of its own: a transport may keep it, and would find another call's IDs in one that is used again.</returns>
    public static byte[] Write(IRequestBody body) => JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo);

    public override void Write(Utf8JsonWriter writer, IRequestBody value, JsonSerializerOptions options) => value.WriteTo(writer);

    public override IRequestBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}
