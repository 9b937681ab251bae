using System.Globalization;
using System.Reflection;
using Newtonsoft.Json;

namespace Pan123.ContractTests;

/// <summary>House rules of the generated types, against the specification, for whatever schemas are there.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GeneratedTypesTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static IEnumerable<string> Objects() => Specification.Current.SchemaNames.Where(name => Specification.Current.Value($"/components/schemas/{name}/type") == "object");

    private static IEnumerable<string> Enums() => Specification.Current.SchemaNames.Where(name => Specification.Current.Has($"/components/schemas/{name}/enum"));

    private static IEnumerable<TestCaseData> Properties() =>
        from schema in Objects()
        from name in PropertyNames(schema)
        select new TestCaseData(schema, name).SetArgDisplayNames(schema, name);

    // A payload that is documented as null, an object of which nothing is known, is left out.
    private static IEnumerable<string> PropertyNames(string schema) => Specification.Current.Keys($"/components/schemas/{schema}/properties").Where(name =>
        !(name == "data" && Specification.Current.Value($"{PointerOf(schema, name)}/type") == "object" && !Specification.Current.Has($"{PointerOf(schema, name)}/properties")));

    private static IEnumerable<TestCaseData> Arrays() => Properties().Where(data => At(data, "type") == "array");

    [Test]
    public void Every_schema_is_a_type_that_is_judged_here() => Assert.That(Objects().Concat(Enums()), Is.EquivalentTo(Specification.Current.SchemaNames));

    [TestCaseSource(nameof(Enums))]
    public void An_enum_has_the_names_and_numbers_of_the_specification(string schema)
    {
        var (type, pointer) = (TypeOf(schema), $"/components/schemas/{schema}");
        var expected = Specification.Current.Items($"{pointer}/x-enumNames").Zip(Specification.Current.Items($"{pointer}/enum"), (name, value) => $"{name} = {value}");

        Assert.Multiple(() =>
        {
            Assert.That(type.GetEnumUnderlyingType(), Is.EqualTo(ExpectedType(pointer)));
            Assert.That(Enum.GetValues(type).Cast<Enum>().Select(value => $"{value} = {value:D}"), Is.EquivalentTo(expected));
        });
    }

    [TestCaseSource(nameof(Objects))]
    public void A_schema_is_a_type_with_a_property_for_each_of_its_properties_and_no_other(string schema) =>
        Assert.That(
            TypeOf(schema).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName).OfType<string>(),
            Is.EquivalentTo(PropertyNames(schema)));

    [TestCaseSource(nameof(Objects))]
    public void A_type_is_public_unless_the_specification_marks_it_internal(string schema) =>
        Assert.That(TypeOf(schema).IsPublic, Is.EqualTo(Specification.Current.Value($"/components/schemas/{schema}/x-internal") != "true"));

    [Test]
    public void No_public_name_has_ID_in_capitals() => Assert.That(
        from type in typeof(IPan123Client).Assembly.GetExportedTypes()
        from member in type.GetMembers()
        where member.Name.Contains("ID", StringComparison.Ordinal)
        select $"{type.Name}.{member.Name}",
        Is.Empty);

    [TestCaseSource(nameof(Properties))]
    public void A_property_has_the_type_that_the_specification_says(string schema, string name)
    {
        var type = PropertyOf(schema, name).PropertyType;

        Assert.That(Nullable.GetUnderlyingType(type) ?? type, Is.EqualTo(ExpectedType(PointerOf(schema, name))));
    }

    [TestCaseSource(nameof(Properties))]
    public void A_property_may_be_null_where_the_specification_lets_it_be_null_or_absent(string schema, string name)
    {
        var mayBeNull = !IsRequired(schema, name) || Specification.Current.Value($"{PointerOf(schema, name)}/nullable") == "true";
        NullabilityState state;
        lock (Nullability)
        {
            state = Nullability.Create(PropertyOf(schema, name)).ReadState;
        }

        Assert.That(state, Is.EqualTo(mayBeNull ? NullabilityState.Nullable : NullabilityState.NotNull));
    }

    [TestCaseSource(nameof(Properties))]
    public void A_property_is_required_in_JSON_where_it_is_in_the_specification(string schema, string name) =>
        Assert.That(
            PropertyOf(schema, name).GetCustomAttribute<JsonPropertyAttribute>()!.Required is Required.Always or Required.AllowNull,
            Is.EqualTo(IsRequired(schema, name)));

    [TestCaseSource(nameof(Arrays))]
    public void A_limit_is_a_property_with_the_number_of_the_specification(string schema, string name) => Assert.Multiple(() =>
    {
        foreach (var (limit, suffix) in new[] { ("minItems", "MinItems"), ("maxItems", "MaxItems"), ("uniqueItems", "UniqueItems"), ("items/minimum", "ItemMinimum") })
        {
            var property = TypeOf(schema).GetProperty($"{PropertyOf(schema, name).Name}{suffix}");
            var value = Convert.ToString(property?.GetValue(null), CultureInfo.InvariantCulture);
            Assert.That(value ?? "", Is.EqualTo(Specification.Current.Value($"{PointerOf(schema, name)}/{limit}") ?? "").IgnoreCase, limit);
        }
    });

    private static string? At(TestCaseData data, string key) => Specification.Current.Value($"{PointerOf((string)data.Arguments[0]!, (string)data.Arguments[1]!)}/{key}");

    private static string PointerOf(string schema, string name) => $"/components/schemas/{schema}/properties/{name}";

    private static bool IsRequired(string schema, string name) =>
        Specification.Current.Value($"/components/schemas/{schema}/required")?.Contains($"\"{name}\"", StringComparison.Ordinal) == true;

    private static Type TypeOf(string schema)
    {
        var type = typeof(IPan123Client).Assembly.GetType($"Pan123.{schema}");
        Assert.That(type, Is.Not.Null, $"There is no type {schema}.");
        return type!;
    }

    private static PropertyInfo PropertyOf(string schema, string name)
    {
        var property = TypeOf(schema).GetProperties().SingleOrDefault(property => property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName == name);
        Assert.That(property, Is.Not.Null, $"{schema} has no property for {name}.");
        return property!;
    }

    private static Type ExpectedType(string pointer) => (Specification.Current.Value($"{pointer}/type"), Specification.Current.Value($"{pointer}/format")) switch
    {
        ("integer", "int64") => typeof(long),
        ("integer", "int32") => typeof(int),
        ("string", "date-time") => typeof(DateTimeOffset),
        ("string", null or "password") => typeof(string),
        ("boolean", null) => typeof(bool),
        ("array", null) => typeof(IReadOnlyList<>).MakeGenericType(ExpectedType($"{pointer}/items")),
        ("object", null) => TypeOf(Specification.Current.SchemaNames.Single(name => Specification.Current.Value($"/components/schemas/{name}") == Specification.Current.Value(pointer))),
        var other => throw new NotSupportedException($"{pointer} is {other}; say here which type that is, such as an ID of int64."),
    };
}
