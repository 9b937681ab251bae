namespace Pan123;

/// <summary>
/// A type of the specification that is sent; how it writes itself is generated, so that nothing is found out by reflection. Only generated
/// code implements it, as GrowthTests proves.
/// </summary>
internal interface IRequestBody
{
    void WriteTo(Utf8JsonWriter json);
}
