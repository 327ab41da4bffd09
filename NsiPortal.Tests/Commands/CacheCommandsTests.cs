using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Outbox;
using NsiPortal.Support;

namespace NsiPortal.Commands;

/// <summary>The operator's view of the caches, and eviction, beside processes that serve.</summary>
public sealed partial class CacheCommandsTests : IAsyncLifetime
{
    readonly ManualTime time = new();
    PortalHost host = null!;
    HttpClient visitor = null!;
    int course;

    public async ValueTask InitializeAsync()
    {
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow());
        host = await PortalHost.StartAsync(adjust: Serve);
        visitor = host.CreateClient();
        course = await host.WithDbAsync(async db =>
        {
            var sql = new CourseBuilder("sql").WithChapter("jointures").Build();
            db.Add(sql);
            db.Add(new CourseBuilder("python").WithChapter("boucles").Build());
            await db.SaveChangesAsync();
            return sql.Id;
        });
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    // Reports are made when the test says; the licence is the real one, on which commands rely.
    void Serve(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(_ => new Licence(TimeProvider.System));
        HeaderAuthentication.Add(builder);
    }

    [Fact(Timeout = 120_000)]
    public async Task After_clear_no_page_is_served_from_before()
    {
        foreach (var page in (string[])["/cours/sql/jointures", "/cours/python", "/"]) await HitAsync(page);

        var ending = await RunAsync("cache", "clear");
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.EndsWith("Plus aucun processus ne sert de page faite avant maintenant.\n", ending.Output, StringComparison.Ordinal);

        foreach (var page in (string[])["/cours/sql/jointures", "/cours/python", "/"]) Assert.False((await visitor.AskAsync(page)).Hit);
    }

    [Fact(Timeout = 120_000)]
    public async Task After_evict_the_pages_of_the_tag_are_made_anew_and_the_others_stay()
    {
        foreach (var page in (string[])["/cours/sql/jointures", "/cours/sql", "/cours/python/boucles"]) await HitAsync(page);

        var ending = await RunAsync("cache", "evict", Tags.OfCourse(course), Tags.OfUser("personne"));
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.Contains($"qui porte course:{course} ou user:personne.", ending.Output, StringComparison.Ordinal);

        var report = Assert.Single(await ReportsAsync(report => report.Received == 1));
        Assert.Equal(["/cours/python/boucles"], report.Pages.Select(page => page.Address));
        foreach (var page in (string[])["/cours/sql/jointures", "/cours/sql"]) Assert.False((await visitor.AskAsync(page)).Hit);
    }

    [Theory]
    [InlineData("cours")]
    [InlineData("course:x")]
    [InlineData("course:")]
    [InlineData("chapter:007")]
    [InlineData("*")]
    public async Task What_is_no_tag_is_refused_and_told_what_tags_look_like(string tag)
    {
        var before = await host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());
        var refusal = (await RunAsync("cache", "evict", Tags.Courses, tag)).Refusal();
        Assert.StartsWith($"« {tag} » n’est pas un tag. Un tag s’écrit courses, programme, exercises, ", refusal, StringComparison.Ordinal);
        Assert.All([.. Tags.Names, "course:N", "chapter:N", "class:N", "user:ID"], name => Assert.Contains(name, refusal, StringComparison.Ordinal));
        Assert.Equal(before, await host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync()));
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("cache", "evict")]
    public async Task What_is_missing_is_told(params string[] arguments) => Assert.NotEmpty((await RunAsync(arguments)).Refusal());

    [Fact(Timeout = 120_000)]
    public async Task Stats_counts_for_each_process_and_for_all()
    {
        await using var other = await PortalHost.StartAsync(beside: host, Serve);
        using var reader = other.CreateClient();
        for (var i = 0; i < 3; i++) await visitor.AskAsync("/cours/sql");
        await reader.AskAsync("/cours/sql");
        await reader.AskAsync("/cours/inconnu");
        await reader.AskAsync("/essai/vif");
        var reports = await ReportsAsync(report => report.Hits == 2, report => report.Bypasses.GetValueOrDefault("live") == 2);

        var lines = await TableAsync("stats");

        Assert.Equal(4, lines.Length);
        Assert.StartsWith("processus", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..3], line => Assert.StartsWith($"{Environment.MachineName}/{Environment.ProcessId}", line, StringComparison.Ordinal));
        Assert.StartsWith("total", lines[3], StringComparison.Ordinal);
        Assert.Equal([.. reports.Select(report => $"{report.Hits}"), $"{reports.Sum(report => report.Hits)}"], lines[1..].Select(line => Cell(lines[0], line, "servies")));
        Assert.Equal([.. reports.Select(report => $"{report.Stored}"), $"{reports.Sum(report => report.Stored)}"], lines[1..].Select(line => Cell(lines[0], line, "faites")));
        Assert.Equal([.. reports.Select(report => $"{report.Bytes}"), $"{reports.Sum(report => report.Bytes)}"], lines[1..].Select(line => Cell(lines[0], line, "octets")));
        Assert.EndsWith("live 2", lines[3], StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Keys_lists_the_pages_that_can_be_read_and_says_whose_none_is()
    {
        await visitor.AskAsync("/cours?niveau=terminale&utm=x", "Accept-Encoding: br");
        await visitor.AskAsync("/cours/sql/jointures");
        await visitor.AskAsync("/essai/moi?q=secret", "X-Test-User: alice");
        await ReportsAsync(report => report.Pages.Count == 3);

        var lines = await TableAsync("keys");
        Assert.Equal(["/essai/moi", "/cours/sql/jointures", "/cours?niveau=terminale"], lines[1..].Select(line => Cell(lines[0], line, "page")));
        Assert.Equal(["identity", "identity", "br"], lines[1..].Select(line => Cell(lines[0], line, "codage")));
        Assert.All(lines[1..], line => Assert.Equal("fr", Cell(lines[0], line, "langue")[..2]));
        Assert.EndsWith("user:{user} courses", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain("alice", line, StringComparison.Ordinal));
        Assert.InRange(int.Parse(Cell(lines[0], lines[2], "reste (s)")), 3000, 3600);

        Assert.Equal(2, (await TableAsync("keys", "JOIN*ures")).Length);
        Assert.EndsWith("Aucune page n’est gardée.\n", (await RunAsync("cache", "keys", "rien")).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task When_nobody_serves_it_is_said()
    {
        await using var empty = new TempFolder();
        Assert.Equal(0, (await PortalProcess.RunAsync(["migrate"], empty.Variables)).Code);
        foreach (var command in (string[])["stats", "keys"])
        {
            var ending = await PortalProcess.RunAsync(["cache", command], empty.Variables);
            Assert.Equal((0, ""), (ending.Code, ending.Errors));
            Assert.EndsWith("Aucun processus ne sert.\n", ending.Output, StringComparison.Ordinal);
        }
    }

    async Task HitAsync(string page)
    {
        while (!(await visitor.AskAsync(page)).Hit) await Task.Yield();
    }

    /// <summary>The reports of all processes, once each of the wishes is met by one.</summary>
    async Task<IReadOnlyList<CacheReport>> ReportsAsync(params Func<CacheReport, bool>[] wishes)
    {
        while (true)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            var reports = await host.Services.GetRequiredService<CacheReports>().ReadAsync(CancellationToken.None);
            if (wishes.All(reports.Any)) return reports;
        }
    }

    Task<Ending> RunAsync(params string[] arguments) => PortalProcess.RunAsync(arguments, host.Data.Variables);

    /// <summary>The lines of the table that the command prints.</summary>
    async Task<string[]> TableAsync(params string[] arguments)
    {
        var ending = await RunAsync(["cache", .. arguments]);
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        return [.. ending.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => !line.StartsWith("processus", StringComparison.Ordinal))];
    }

    static string Cell(string header, string line, string column) => Cells(line)[Array.IndexOf(Cells(header), column)];

    static string[] Cells(string line) => Blanks().Split(line);

    [GeneratedRegex("  +")]
    private static partial Regex Blanks();
}
