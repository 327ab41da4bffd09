using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Data.Sqlite;
using NsiPortal.Support;

namespace NsiPortal.Hosting;

/// <summary>Errors are pages with their own status, kept by nobody.</summary>
public sealed partial class ErrorPagesTests
{
    [Theory]
    [InlineData("GET", "/absent", HttpStatusCode.NotFound)]
    [InlineData("GET", "/cours/absent", HttpStatusCode.NotFound)]
    [InlineData("GET", "/cours/absent/absent", HttpStatusCode.NotFound)]
    [InlineData("GET", "/cours?niveau=cp", HttpStatusCode.NotFound)]
    [InlineData("GET", "/erreur/500", HttpStatusCode.NotFound)]
    [InlineData("GET", "/cours?page=%00", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/cours/a%0Ab", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/cours", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/", HttpStatusCode.MethodNotAllowed)]
    public async Task An_error_is_a_page_of_its_own_status_that_nobody_keeps(string method, string path, HttpStatusCode status)
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = host.CreateClient();
        for (var i = 0; i < 2; i++)
        {
            var answer = await Answer.FromAsync(await visitor.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)));
            Assert.Equal(status, answer.Status);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Contains("</html>", answer.Text, StringComparison.Ordinal);
            Assert.Null(answer.ETag);
            Assert.False(answer.Hit || answer.Stored);
        }
    }

    [Theory]
    [InlineData("/essai/vif")]
    [InlineData("/essai/partage")]
    public async Task A_fault_is_told_with_a_reference_that_is_in_the_log(string path)
    {
        using var log = new Log();
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Logging.AddProvider(log));
        host.Probe.Render = _ => throw new InvalidOperationException("la panne d’essai");
        using var visitor = host.CreateClient();

        var answer = await visitor.AskAsync(path);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.DoesNotContain("panne", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", answer.Text, StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        var entry = Assert.Single(log.Entries, entry => entry.Fault?.Message == "la panne d’essai");
        var reference = Reference().Match(entry.Text).Groups[1].Value;
        Assert.NotEmpty(reference);
        Assert.Contains(reference, answer.Text, StringComparison.Ordinal);
        Assert.Contains(path, entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_database_is_unavailable_not_broken()
    {
        await using var host = await PortalHost.StartAsync();
        host.Probe.Render = _ => throw new SqliteException("database is locked", 5);
        using var visitor = host.CreateClient();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.AskAsync("/essai/vif")).Status);
    }

    [GeneratedRegex("reference (\\S+)")]
    private static partial Regex Reference();

    sealed record Entry(string Text, Exception? Fault);

    sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<Entry> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue(new Entry(formatter(state, exception), exception));

        public void Dispose() { }
    }
}
