using Microsoft.Extensions.Logging;

namespace Pan123.Tests;

/// <summary>What becomes of a log line or a scope when the application's logger fails, and when it does not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SafeLoggerTests
{
    [Test]
    public void A_logger_that_fails_is_as_one_that_logs_nothing()
    {
        var logger = new SafeLogger<SafeLoggerTests>(new StubLogger { Fails = true });

        Assert.Multiple(() =>
        {
            Assert.That(logger.IsEnabled(LogLevel.Critical), Is.False);
            Assert.That(logger.BeginScope("state"), Is.Null);
            Assert.That(() => logger.Log(LogLevel.Critical, 1, "state", null, (state, _) => state), Throws.Nothing);
        });
    }

    [Test]
    public void A_scope_that_fails_at_its_end_fails_nothing_else()
    {
        var scope = new SafeLogger<SafeLoggerTests>(new StubLogger { Scope = new StubScope { Fails = true } }).BeginScope("state")!;

        Assert.That(scope.Dispose, Throws.Nothing);
    }

    [Test]
    public void A_scope_ends_that_of_the_application()
    {
        var scope = new StubScope();

        new SafeLogger<SafeLoggerTests>(new StubLogger { Scope = scope }).BeginScope("state")!.Dispose();

        Assert.That(scope.HasEnded, Is.True);
    }

    [Test]
    public void Without_a_scope_of_the_application_there_is_none() =>
        Assert.That(new SafeLogger<SafeLoggerTests>(new StubLogger()).BeginScope("state"), Is.Null);

    [TestCase(LogLevel.Information, ExpectedResult = false)]
    [TestCase(LogLevel.Warning, ExpectedResult = true)]
    public bool The_application_decides_which_levels_it_logs(LogLevel level) =>
        new SafeLogger<SafeLoggerTests>(new StubLogger()).IsEnabled(level);

    /// <summary>Logs warnings and worse.</summary>
    private sealed class StubLogger : ILogger<SafeLoggerTests>
    {
        public bool Fails { get; init; }

        public IDisposable? Scope { get; init; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Fails ? throw Failure() : Scope;

        public bool IsEnabled(LogLevel logLevel) => Fails ? throw Failure() : logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw Failure();

        private static InvalidOperationException Failure() => new("The application's logger failed.");
    }

    private sealed class StubScope : IDisposable
    {
        public bool Fails { get; init; }

        public bool HasEnded { get; private set; }

        public void Dispose() => HasEnded = Fails ? throw new InvalidOperationException("The application's scope failed.") : true;
    }
}
