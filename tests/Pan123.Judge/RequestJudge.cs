using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using NJsonSchema;

namespace Pan123.Judge;

/// <summary>Judges requests by a specification: path, verb, parameters, access token and body.</summary>
public sealed class RequestJudge
{
    private const string Json = "application/json";

    private readonly OpenApiDocument _document;
    private readonly IReadOnlyList<(string Template, Regex Pattern, IOpenApiPathItem Item)> _paths;
    private readonly ConcurrentDictionary<IOpenApiSchema, JsonSchema> _schemas = new(ReferenceEqualityComparer.Instance);

    /// <param name="specification">An OpenAPI document, in YAML.</param>
    public RequestJudge(string specification)
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        var read = OpenApiDocument.Parse(specification, "yaml", settings);
        var problems = read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).ToList();
        _document = problems.Count == 0 ? read.Document! : throw new ArgumentException(string.Join(' ', problems), nameof(specification));
        _paths = [.. _document.Paths.Select(path => (path.Key, PatternOf(path.Key), path.Value))];
    }

    /// <summary>One with the specification of this repository.</summary>
    public static RequestJudge OfThisRepository { get; } = new(ReadSpecification());

    /// <summary>What about a request the specification forbids: a sentence each.</summary>
    /// <param name="request">The request, as the transport gets it; its content is not read.</param>
    /// <param name="body">What the transport read of its content; null for no content.</param>
    public IEnumerable<string> FindProblems(HttpRequestMessage request, byte[]? body)
    {
        var path = request.RequestUri!.AbsolutePath;

        // The service may lie below a path of its own.
        var (template, pattern, item) = _paths.FirstOrDefault(each => each.Pattern.IsMatch(path));
        if (item is null)
        {
            return [$"There is no path {path}."];
        }

        return item.Operations!.TryGetValue(request.Method, out var operation)
            ? [.. FindParameterProblems(request, pattern.Match(path).Groups, operation), .. FindTokenProblems(request, operation), .. FindBodyProblems(request, operation, body)]
            : [$"{template} has no operation {request.Method}."];
    }

    private static string ReadSpecification()
    {
        using var reader = new StreamReader(typeof(RequestJudge).Assembly.GetManifestResourceStream("specification")!);
        return reader.ReadToEnd();
    }

    private static Regex PatternOf(string template) =>
        new($"{Regex.Replace(Regex.Escape(template), @"\\\{(.+?)}", "(?<$1>[^/]+)")}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private IEnumerable<string> FindParameterProblems(HttpRequestMessage request, GroupCollection segments, OpenApiOperation operation)
    {
        var query = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2).Select(Uri.UnescapeDataString).ToArray())
            .ToLookup(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
        var parameters = operation.Parameters ?? [];

        foreach (var parameter in parameters)
        {
            string[] values = parameter.In switch
            {
                ParameterLocation.Header => request.Headers.TryGetValues(parameter.Name!, out var headers) ? [.. headers] : [],
                ParameterLocation.Query => [.. query[parameter.Name!]],
                ParameterLocation.Path => [Uri.UnescapeDataString(segments[parameter.Name!].Value)],
                _ => throw new NotSupportedException($"{parameter.Name} is in the {parameter.In}; say here how to find it."),
            };

            if (values.Length == 0 && parameter.Required)
            {
                yield return $"The parameter {parameter.Name} is missing.";
            }

            if (values.Length > 1)
            {
                yield return $"The parameter {parameter.Name} is there {values.Length} times.";
            }

            foreach (var value in values)
            {
                var isText = parameter.Schema!.Type is JsonSchemaType.String;
                foreach (var problem in Validate(parameter.Schema, isText ? JsonSerializer.Serialize(value) : value))
                {
                    yield return $"The parameter {parameter.Name} is '{value}': {problem}.";
                }
            }
        }

        foreach (var name in query.Select(pair => pair.Key).Where(name => !parameters.Any(parameter => parameter.In == ParameterLocation.Query && parameter.Name == name)))
        {
            yield return $"There is no parameter {name} in the query.";
        }
    }

    private IEnumerable<string> FindTokenProblems(HttpRequestMessage request, OpenApiOperation operation)
    {
        var needsToken = (operation.Security ?? _document.Security ?? []).Count > 0;
        var sent = request.Headers.TryGetValues("Authorization", out var values) ? values.ToArray() : [];
        var isBearer = sent.Length == 1 && AuthenticationHeaderValue.TryParse(sent[0], out var parsed) && parsed is { Scheme: "Bearer", Parameter.Length: > 0 };

        return (needsToken, sent.Length, isBearer) switch
        {
            (true, 0, _) => ["There is no access token."],
            (true, _, false) => ["Authorization is not one bearer token."],
            (false, > 0, _) => ["There is an access token, and the operation takes none."],
            _ => [],
        };
    }

    private IEnumerable<string> FindBodyProblems(HttpRequestMessage request, OpenApiOperation operation, byte[]? body)
    {
        var contentType = request.Content?.Headers.ContentType?.ToString();
        var documented = operation.RequestBody?.Content?.TryGetValue(Json, out var media) == true ? media.Schema : null;
        return (documented, body) switch
        {
            (null, null) => [],
            (null, _) => ["There is a body, and the operation takes none."],
            (_, null) => ["There is no body."],
            _ when contentType != Json => [$"The content type is '{contentType}'."],
            var (schema, _) => Validate(schema, Encoding.UTF8.GetString(body)).Select(problem => $"The body is '{Encoding.UTF8.GetString(body)}': {problem}."),
        };
    }

    private IEnumerable<string> Validate(IOpenApiSchema schema, string json)
    {
        try
        {
            return _schemas.GetOrAdd(schema, Convert).Validate(json).Select(error => error.ToString().ReplaceLineEndings(" ").Trim());
        }
        catch (Exception unreadable) when (unreadable is Newtonsoft.Json.JsonException or InvalidCastException or OverflowException)
        {
            return [unreadable.Message];
        }
    }

    // As OpenAPI 3.1, a schema is JSON Schema.
    private static JsonSchema Convert(IOpenApiSchema schema)
    {
        using var text = new StringWriter();
        schema.SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { InlineLocalReferences = true }));
        return JsonSchema.FromJsonAsync(text.ToString()).GetAwaiter().GetResult();
    }
}
