using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pan123;

/// <summary>Lets the serializer use the generated code of a request body, without reflection.</summary>
internal sealed class RequestBodyConverter : JsonConverter<IRequestBody>
{
    private static readonly JsonTypeInfo<IRequestBody> TypeInfo =
        JsonMetadataServices.CreateValueInfo<IRequestBody>(new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() }, new RequestBodyConverter());

    /// <returns>The JSON, in a new array: a transport may keep it, and a reused array would then contain another call's IDs.</returns>
    public static byte[] Write(IRequestBody body) => JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo);

    public override void Write(Utf8JsonWriter writer, IRequestBody value, JsonSerializerOptions options) => value.WriteTo(writer);

    public override IRequestBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}
