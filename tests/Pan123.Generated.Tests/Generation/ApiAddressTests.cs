using System.Globalization;

namespace Pan123.Tests;

/// <summary>The address of an operation that has parameters in its path and query.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ApiAddressTests
{
    [TestCase(14705301L, "14705301")]
    [TestCase(long.MinValue, "-9223372036854775808")]
    [TestCase(true, "true")]
    [TestCase("a/b?c#d", "a%2Fb%3Fc%23d")]
    [TestCase("../delete", "..%2Fdelete")]
    [TestCase("100 %", "100%20%25")]
    [TestCase("文件", "%E6%96%87%E4%BB%B6")]
    public void A_value_cannot_leave_its_part_of_the_path(IConvertible value, string segment) =>
        Assert.That(new Uri(new Uri("https://host/"), $"api/{ApiAddress.Segment("name", value)}/detail").AbsoluteUri, Is.EqualTo($"https://host/api/{segment}/detail"));

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    public void A_value_that_would_make_another_path_is_refused(string value)
    {
        var refused = Assert.Throws<ArgumentException>(() => ApiAddress.Segment("name", value))!;

        Assert.That(refused.ParamName, Is.EqualTo("name"));
        Assert.That(refused.Message, Does.Contain($"'{value}'"));
    }

    [Test]
    public void Null_is_no_part_of_a_path() =>
        Assert.That(Assert.Throws<ArgumentNullException>(() => ApiAddress.Segment("name", null!))!.ParamName, Is.EqualTo("name"));

    [Test]
    public void A_query_has_what_is_given_and_is_escaped() =>
        Assert.That(ApiAddress.Query(("a", 1), ("b", null), ("c d", "x&y=z"), ("e", false), ("f", "")), Is.EqualTo("?a=1&c%20d=x%26y%3Dz&e=false&f="));

    [Test]
    public void A_query_of_nothing_is_nothing() => Assert.That(ApiAddress.Query(("a", null)), Is.Empty);

    [Test]
    [SetCulture("ar-SA")]
    public void The_culture_of_the_host_changes_nothing()
    {
        CultureInfo.CurrentCulture.NumberFormat.NegativeSign = "minus";

        Assert.That((ApiAddress.Segment("id", -5), ApiAddress.Query(("id", -5))), Is.EqualTo(("-5", "?id=-5")));
    }
}
