namespace Pan123.Cli.Tests;

public sealed class LanguageTests : CommandLineFixture
{
    private const string English = "There are no profiles.\n";
    private const string Chinese = "没有配置档。\n";

    [TestCase("PAN123_LANGUAGE=zh", Chinese)]
    [TestCase("PAN123_LANGUAGE=zh-CN", Chinese)]
    [TestCase("PAN123_LANGUAGE=zh-Hans", Chinese)]
    [TestCase("PAN123_LANGUAGE=ZH_cn.UTF-8", Chinese)]
    [TestCase("PAN123_LANGUAGE=zh-Hant", Chinese)]
    [TestCase("PAN123_LANGUAGE=en LANG=zh_CN.UTF-8", English)]
    [TestCase("PAN123_LANGUAGE=en-US LC_ALL=zh_CN.UTF-8", English)]
    [TestCase("PAN123_LANGUAGE= LANG=zh_CN.UTF-8", Chinese)]
    [TestCase("", English)]
    [TestCase("LANG=zh_CN.UTF-8", Chinese)]
    [TestCase("LANG=zh_TW.UTF-8", Chinese)]
    [TestCase("LANG=zh_HK", Chinese)]
    [TestCase("LANG=en_US.UTF-8", English)]
    [TestCase("LANG=fr_FR.UTF-8", English)]
    [TestCase("LANG=zha_CN", English)]
    [TestCase("LANG=C", English)]
    [TestCase("LANG=C.UTF-8 LANGUAGE=zh_CN", English)]
    [TestCase("LANG=POSIX LANGUAGE=zh_CN", English)]
    [TestCase("LANGUAGE=zh_CN", English)]
    [TestCase("LANG=en_US.UTF-8 LC_MESSAGES=zh_CN.UTF-8", Chinese)]
    [TestCase("LANG=zh_CN.UTF-8 LC_MESSAGES=en_US.UTF-8", English)]
    [TestCase("LC_MESSAGES=zh_CN.UTF-8 LC_ALL=en_US.UTF-8", English)]
    [TestCase("LC_MESSAGES=en_US.UTF-8 LC_ALL=zh_CN.UTF-8", Chinese)]
    [TestCase("LC_ALL=C LANG=zh_CN.UTF-8", English)]
    [TestCase("LC_ALL= LANG=zh_CN.UTF-8", Chinese)]
    [TestCase("LANG=en_US.UTF-8 LANGUAGE=zh_CN:en", Chinese)]
    [TestCase("LANG=zh_CN.UTF-8 LANGUAGE=en:zh_CN", English)]
    [TestCase("LANG=en_US.UTF-8 LANGUAGE=fr:zh_CN", Chinese)]
    [TestCase("LANG=zh_CN.UTF-8 LANGUAGE=fr", Chinese)]
    [TestCase("LC_TIME=zh_CN.UTF-8", English)]
    public async Task The_variables_choose_the_language(string variables, string expected)
    {
        Set(variables);

        Assert.That((await RunAsync("profiles"), Results.Output), Is.EqualTo((0, expected)));
    }

    [TestCase(0x0804, "", Chinese)]
    [TestCase(0x0404, "", Chinese)]
    [TestCase(0x7C04, "", Chinese)]
    [TestCase(0x0409, "", English)]
    [TestCase(0x0411, "", English)]
    [TestCase(0x0409, "LANG=zh_CN.UTF-8", English)]
    [TestCase(0x0804, "LANG=en_US.UTF-8", Chinese)]
    [TestCase(0x0804, "PAN123_LANGUAGE=en", English)]
    [TestCase(0x0409, "PAN123_LANGUAGE=zh", Chinese)]
    public async Task On_Windows_the_language_of_the_user_counts_and_of_the_variables_only_that_of_the_program(int windowsLanguage, string variables, string expected)
    {
        Set(variables);
        WindowsLanguage = windowsLanguage;

        Assert.That((await RunAsync("profiles"), Results.Output), Is.EqualTo((0, expected)));
    }

    [TestCase("fr", "profiles")]
    [TestCase("chinese", "--help")]
    [TestCase(" zh", "delete --yes 1")]
    [TestCase("C", "delete --yes --json 1")]
    public async Task Another_language_is_wrong_usage(string language, string arguments)
    {
        Set("LANG=zh_CN.UTF-8");
        Environment["PAN123_LANGUAGE"] = language;
        var exitCode = await RunAsync(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(Messages.Output, Is.EqualTo($"The environment variable PAN123_LANGUAGE is '{language}': set it to en or zh, or unset it. Nothing was sent.\n"));
            Assert.That(Results.Output, arguments.Contains("--json", StringComparison.Ordinal) ? Does.StartWith("{\"error\":") : Is.Empty);
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task With_JSON_all_is_English()
    {
        Environment["PAN123_LANGUAGE"] = "zh";

        Assert.That((await RunAsync("delete --json --yes x"), Messages.Lines[0]), Is.EqualTo((2, "'x' is not a file ID: a whole number from 1 to 9223372036854775807.")));
    }

    [Test]
    public async Task The_language_of_a_run_is_not_that_of_its_caller()
    {
        Environment["PAN123_LANGUAGE"] = "zh";
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        await RunAsync("profiles");

        Assert.That(System.Globalization.CultureInfo.CurrentUICulture, Is.EqualTo(before));
    }

    private void Set(string variables)
    {
        Environment.Clear();
        foreach (var variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')))
        {
            Environment[variable[0]] = variable[1];
        }

        Environment["PAN123_BASE_ADDRESS"] = Emulator.BaseAddress.AbsoluteUri;
    }
}
