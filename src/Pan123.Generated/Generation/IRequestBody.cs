namespace Pan123;

/// <summary>
/// A type of the specification that is sent; how it writes itself is generated, so that nothing is found out by reflection. Only generated
/// code implements it: GrowthTests proves it with a body that has values of every type.
/// </summary>
internal interface IRequestBody
{
    void WriteTo(Utf8JsonWriter json);
}
