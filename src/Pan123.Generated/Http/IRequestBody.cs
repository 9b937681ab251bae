namespace Pan123;

/// <summary>A type of the specification that is sent; how it writes itself is generated, so that nothing is found out by reflection.</summary>
internal interface IRequestBody
{
    void WriteTo(ref RequestWriter json);
}
