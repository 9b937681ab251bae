namespace Pan123;

/// <summary>
/// A request body of the specification. How it writes itself is generated, so that no reflection is needed. Only generated code implements
/// it: TemplateCoverageTests tests it with a body that has values of every type.
/// </summary>
internal interface IRequestBody
{
    void WriteTo(Utf8JsonWriter json);
}
