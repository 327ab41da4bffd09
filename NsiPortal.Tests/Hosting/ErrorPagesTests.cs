using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
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

    [Fact]
    public async Task Who_is_signed_in_gets_the_page_of_an_error_though_nobody_can_tell_who_they_are()
    {
        await using var cast = await new Cast().StartAsync();
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        await cast.Host.Data.ExecuteAsync("ALTER TABLE \"Users\" RENAME TO \"Elsewhere\"");
        await cast.Host.WithDbAsync(db => db.WriteAsync([Tags.Everything], _ => Task.FromResult(0)));
        foreach (var path in new[] { "/moi", "/profil", "/nulle-part" })
        {
            var answer = await zoe.AskAsync(path);
            Assert.True(answer.Status is HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable or HttpStatusCode.NotFound, $"{path}: {answer.Status}");
            Assert.Contains("class=\"reference\"", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await zoe.AskAsync(Cast.Chapter)).Status);
    }

    [Theory]
    [InlineData("/essai/vif")]
    [InlineData("/essai/partage")]
    public async Task A_fault_is_told_with_a_reference_that_is_in_the_log(string path)
    {
        using var log = new KeptLog();
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

    public static TheoryData<Exception> Silences =>
    [
        new SqliteException("database is locked", 5),
        new NpgsqlException("Exception while reading from stream", new IOException("gone")),
        new TimeoutException("no connection became free"),
        new InvalidOperationException("EF", new DbUpdateException("EF", new NpgsqlException("The connection pool has been exhausted", new TimeoutException()))),
    ];

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task A_silent_database_is_unavailable_not_broken(Exception silence)
    {
        using var log = new KeptLog();
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Logging.AddProvider(log));
        host.Probe.Render = _ => throw silence;
        using var visitor = host.CreateClient();

        var answer = await visitor.AskAsync("/essai/vif");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("10", answer.Header("Retry-After"));
        Assert.Contains("momentanément indisponible", answer.Text, StringComparison.Ordinal);
        var reference = Reference().Match(Assert.Single(log.Entries, entry => entry.Text.Contains("/essai/vif", StringComparison.Ordinal)).Text).Groups[1].Value;
        Assert.Contains(reference, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code", "200")]
    [InlineData("code", "x")]
    [InlineData("pseudo", "\0")]
    public async Task No_field_of_a_refused_form_decides_what_the_error_is(string name, string value)
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = new Person(host);
        var answer = await visitor.PostWithoutTokenAsync("/connexion", (name, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("class=\"reference\"", answer.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("reference (\\w+)")]
    private static partial Regex Reference();
}
