using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pan123.Cli;

/// <summary>The profiles of this user, each in a file of its own, so that processes which log in at the same time lose nothing.</summary>
internal sealed partial class ProfileFolder(string folder)
{
    // The folder of this program, in which the one of the profiles is.
    private readonly string _parent = Path.GetDirectoryName(folder)!;

    public const string DefaultName = "default";

    /// <summary>What a name may be. Upper case is invalid, since on some disks 'Alice' and 'alice' are the same file.</summary>
    public static string NameRule =>
        Texts.Of($"a name of 1 to 64 lower case letters (a to z), digits, '-', '_' and '.', which does not begin with '-' or '.' and is not a Windows device such as 'con'");

    private const string Extension = ".json";

    /// <summary>Where the platform has the configuration of a user's programs: <c>~/.config/pan123/profiles</c>, <c>%APPDATA%\pan123\profiles</c>, …</summary>
    public static ProfileFolder ForCurrentUser() =>
        new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pan123", "profiles"));

    public static bool IsName(string text) => Name.IsMatch(text);

    /// <returns>The names of all profiles, sorted.</returns>
    public IReadOnlyList<string> ReadNames() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"*{Extension}").Select(path => Path.GetFileNameWithoutExtension(path)).Where(IsName).Order(StringComparer.Ordinal)]
        : [];

    public bool Exists(string name) => File.Exists(GetPath(name));

    /// <exception cref="UsageException">The profile does not exist, is damaged, or others could have read or written it.</exception>
    public Profile Read(string name)
    {
        ThrowIfOthersCanWrite();
        var path = GetPath(name);
        try
        {
            return JsonSerializer.Deserialize(SecretFile.Read(path), ProfileJson.Default.Profile) is { } profile
                && !string.IsNullOrWhiteSpace(profile.ClientId) && !string.IsNullOrWhiteSpace(profile.ClientSecret)
                ? profile
                : throw new JsonException("It is empty.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            var names = ReadNames();
            throw new UsageException(
                names.Count == 0
                    ? Texts.Of($"There is no profile '{name}'. Log in with 'pan123 login --profile {name}' first.")
                    : Texts.Of($"There is no profile '{name}'. The profiles are: {string.Join(Texts.Of($", "), names)}.{Suggestion.For(name, names)}"),
                missing);
        }
        catch (JsonException damage)
        {
            // Its message may quote the file.
            throw new UsageException(Texts.Of($"The profile '{path}' is damaged. Log in again with 'pan123 login --profile {name}'. Nothing was sent."), damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Texts.Of($"The profile '{path}' cannot be read: {ErrorText.Of(failure)} Nothing was sent."), failure);
        }
    }

    /// <exception cref="UsageException">Others could replace a profile.</exception>
    public void ThrowIfOthersCanWrite()
    {
        SecretFile.ThrowIfOthersCanWrite(_parent);
        SecretFile.ThrowIfOthersCanWrite(folder);
    }

    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Write(string name, Profile profile)
    {
        var path = GetPath(name);
        try
        {
            SecretFile.CreateFolder(_parent);
            SecretFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(profile, ProfileJson.Default.Profile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Texts.Of($"The profile '{path}' cannot be written: {ErrorText.Of(failure)}"), failure);
        }
    }

    public void Remove(string name) => File.Delete(GetPath(name));

    private string GetPath(string name) => Path.Combine(folder, $"{name}{Extension}");

    [GeneratedRegex(@"\A(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z))[a-z0-9_][a-z0-9_.-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
