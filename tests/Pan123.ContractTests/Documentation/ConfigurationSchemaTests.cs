using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Pan123.ContractTests;

/// <summary>The schema by which editors complete and check <c>appsettings.json</c>: it says what the options class and its validation say.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConfigurationSchemaTests
{
    private const string Complete =
        """
        {
          "Logging": { "LogLevel": { "Pan123": "Warning" } },
          "Pan123": {
            "BaseAddress": "https://pan.example.com/api",
            "ClientId": "id",
            "ClientSecret": "secret",
            "AccessTokenRenewalMargin": "1.00:00:00",
            "RequestsPerSecond": null,
            "MaxRetries": 0,
            "RetryDelay": "00:00:00.5",
            "AttemptTimeout": "00:10",
            "TotalTimeout": "01:00:00",
            "CircuitBreakerFailureRatio": 1,
            "CircuitBreakerMinimumThroughput": 2,
            "CircuitBreakerSamplingDuration": "00:20:00",
            "CircuitBreakerBreakDuration": "00:00:00.5"
          }
        }
        """;

    private static readonly string Text = File.ReadAllText(Repository.PathOf("src/Pan123.Generated/Package/ConfigurationSchema.json"));

    private static JObject Properties => (JObject)JObject.Parse(Text).SelectToken("properties.Pan123.properties")!;

    private static IEnumerable<string> Bounded => Properties.Properties().Where(property => property.Value["minimum"] is not null).Select(property => property.Name);

    [Test]
    public void It_has_every_option_that_a_configuration_can_hold()
    {
        var options = typeof(Pan123ClientOptions).GetProperties().Select(option => option.Name).Except([nameof(Pan123ClientOptions.RateLimiter)]);

        Assert.That(Properties.Properties().Select(property => property.Name), Is.EqualTo(options));
    }

    [Test]
    public void Every_option_is_described() => Assert.That(Properties.Values().Select(property => (string?)property["description"]), Has.All.Length.GreaterThan(20));

    [Test]
    public void The_defaults_are_those_of_the_options()
    {
        var defaults = new Pan123ClientOptions();
        var said = Properties.Properties().Select(property => (property.Name, Convert.ToString(property.Value["default"], CultureInfo.InvariantCulture)));

        Assert.That(said, Is.EqualTo(Properties.Properties().Select(property => (property.Name, Convert.ToString(ValueOf(property.Name), CultureInfo.InvariantCulture)))));

        object? ValueOf(string name) => typeof(Pan123ClientOptions).GetProperty(name)!.GetValue(defaults) switch
        {
            Uri address => address.OriginalString,
            var value => value ?? "",
        };
    }

    [Test]
    public async Task A_good_file_passes_and_is_understood()
    {
        Assert.That(await FindProblemsAsync(Complete), Is.Empty);
        Assert.That(Bind(Complete).AttemptTimeout, Is.EqualTo(TimeSpan.FromMinutes(10)));
    }

    [TestCase("""{ "Pan123": { "AccessToken": "token", "BaseAdress": "https://pan.example.com" } }""", "NoAdditionalPropertiesAllowed: #/Pan123.BaseAdress")]
    [TestCase("""{ "Pan123": { "AccessToken": "token", "AttemptTimeout": "30 seconds" } }""", "PatternMismatch: #/Pan123.AttemptTimeout")]
    [TestCase("""{ "Pan123": { "AccessToken": "token", "MaxRetries": 11 } }""", "NumberTooBig: #/Pan123.MaxRetries")]
    [TestCase("""{ "Pan123": { "AccessToken": "token", "RequestsPerSecond": "many" } }""", "NoTypeValidates: #/Pan123.RequestsPerSecond")]
    [TestCase("""{ "Pan123": { "AccessToken": "Bearer token" } }""", "PatternMismatch: #/Pan123.AccessToken")]
    [TestCase("""{ "Pan123": { "AccessToken": "token", "BaseAddress": "pan.example.com" } }""", "PatternMismatch: #/Pan123.BaseAddress")]
    public async Task A_bad_file_is_refused_where_it_is_wrong_and_by_the_client_too(string json, string problem)
    {
        Assert.That(await FindProblemsAsync(json), Has.Some.StartsWith(problem));
        Assert.That(() => Bind(json), Throws.InstanceOf<InvalidOperationException>().Or.InstanceOf<OptionsValidationException>());
    }

    [TestCaseSource(nameof(Bounded))]
    public void The_bounds_are_those_of_the_client(string option)
    {
        var (smallest, largest) = ((double)Properties[option]!["minimum"]!, (double)Properties[option]!["maximum"]!);
        var step = Properties[option]!["type"]!.ToString() == "number" ? 0.001 : 1;

        Assert.Multiple(() =>
        {
            Assert.That(() => Bind(With(smallest)), Throws.Nothing);
            Assert.That(() => Bind(With(largest)), Throws.Nothing);
            Assert.That(() => Bind(With(smallest - step)), Throws.InstanceOf<OptionsValidationException>());
            Assert.That(() => Bind(With(largest + step)), Throws.InstanceOf<OptionsValidationException>().Or.InstanceOf<InvalidOperationException>());
        });

        string With(double value) => string.Create(CultureInfo.InvariantCulture, $$"""{ "Pan123": { "AccessToken": "token", "{{option}}": {{value}} } }""");
    }

    private static async Task<IEnumerable<string>> FindProblemsAsync(string json) =>
        (await JsonSchema.FromJsonAsync(Text)).Validate(json).Select(problem => $"{problem.Kind}: {problem.Path}");

    private static Pan123ClientOptions Bind(string json)
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var services = new ServiceCollection().AddPan123Client(configuration.GetSection("Pan123")).Services;
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<Pan123ClientOptions>>().Value;
    }
}
