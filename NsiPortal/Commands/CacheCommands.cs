using System.CommandLine;
using System.Globalization;
using NsiPortal.Caching;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Commands;

/// <summary>The cache as its operator sees it: what serving processes tell of theirs, and eviction, which all of them have heard when the command ends.</summary>
static class CacheCommands
{
    const string HowTagsLook =
        "Un tag s’écrit courses, programme, routes, course:N, chapter:N (N est l’identifiant, un nombre, comme course:3) ou user:ID. L’identifiant peut ne pas exister.";

    const string Nobody = "Aucun processus ne sert.";

    public static Command Cache() => new("cache", "Montre ce que font les caches des processus qui servent, ou les fait oublier.") { Stats(), Keys(), Evict(), Clear() };

    static Command Stats()
    {
        var command = new Command("stats", "Compte, par processus qui sert : réponses, pages gardées, changements. Les nombres ont cinq secondes au plus.");
        command.SetAction(async (_, cancellation) =>
        {
            var reports = await ReadAsync(cancellation);
            if (reports.Count == 0) Console.WriteLine(Nobody);
            else foreach (var line in StatsTable(reports)) Console.WriteLine(line);
            return 0;
        });
        return command;
    }

    static Command Keys()
    {
        var like = new Option<string>("--like") { Description = "Seulement les pages dont l’adresse contient ce texte.", HelpName = "TEXTE" };
        var command = new Command("keys", "Liste les 200 dernières pages que chaque processus garde, la plus récente d’abord.") { like };
        command.SetAction(async (result, cancellation) =>
        {
            var reports = await ReadAsync(cancellation);
            var rows = KeysRows(reports, result.GetValue(like) ?? "", TimeProvider.System.GetUtcNow());
            if (reports.Count == 0) Console.WriteLine(Nobody);
            else if (rows.Count == 0) Console.WriteLine("Aucune page n’est gardée.");
            else foreach (var line in TextTable.Lines(["processus", " octets", " reste (s)", "langue", "codage", "page", "tags"], rows)) Console.WriteLine(line);
            return 0;
        });
        return command;
    }

    static Command Evict()
    {
        var tags = new Argument<string[]>("TAG") { Arity = ArgumentArity.OneOrMore, Description = HowTagsLook };
        tags.Validators.Add(result =>
        {
            foreach (var wrong in result.Tokens.Where(token => !Tags.IsName(token.Value))) result.AddError($"« {wrong.Value} » n’est pas un tag. {HowTagsLook}");
        });
        var command = new Command("evict", "Fait oublier les pages qui portent un de ces tags, et attend que tous les processus l’aient entendu.") { tags };
        command.SetAction(async (result, cancellation) =>
        {
            var given = result.GetRequiredValue(tags);
            await EvictAsync(given, cancellation);
            Console.WriteLine($"Plus aucun processus ne sert de page faite avant maintenant et qui porte {string.Join(" ou ", given)}.");
            return 0;
        });
        return command;
    }

    static Command Clear()
    {
        var command = new Command("clear", "Fait oublier toutes les pages, et attend que tous les processus l’aient entendu.");
        command.SetAction(async (_, cancellation) =>
        {
            await EvictAsync([Tags.Everything], cancellation);
            Console.WriteLine("Plus aucun processus ne sert de page faite avant maintenant.");
            return 0;
        });
        return command;
    }

    // The commit of the row returns when every serving process has heard of it.
    static Task<int> EvictAsync(string[] tags, CancellationToken cancellationToken) =>
        WithDatabaseAsync((_, db) => db.WriteAsync(tags, _ => Task.FromResult(0), cancellationToken), cancellationToken);

    static Task<IReadOnlyList<CacheReport>> ReadAsync(CancellationToken cancellationToken) =>
        WithDatabaseAsync((services, _) => services.GetRequiredService<CacheReports>().ReadAsync(cancellationToken), cancellationToken);

    static async Task<T> WithDatabaseAsync<T>(Func<IServiceProvider, PortalDbContext, Task<T>> act, CancellationToken cancellationToken)
    {
        await using var app = Program.Build([]);
        T result = default!;
        await app.Services.GetRequiredService<DatabaseStart>().UseAsync(async db => result = await act(app.Services, db), cancellationToken);
        return result;
    }

    static IEnumerable<string> StatsTable(IReadOnlyList<CacheReport> reports)
    {
        var rows = reports.Select(report => Cells(ProcessOf(report),
            ParisTime.FromInstant(report.Since).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), [report])).ToList();
        rows.Add(Cells("total", "—", reports));
        return TextTable.Lines(
            ["processus", "depuis", " servies", " faites", " partagées", " non gardées", " pages", " octets", " changements d’ici", " d’ailleurs", "sans cache"], rows);

        static string[] Cells(string name, string since, IReadOnlyList<CacheReport> some)
        {
            var reasons = some.SelectMany(report => report.Bypasses).GroupBy(bypass => bypass.Key).OrderBy(reason => reason.Key, StringComparer.Ordinal)
                .Select(reason => $"{reason.Key} {reason.Sum(bypass => bypass.Value)}");
            return [name, since, Sum(r => r.Hits), Sum(r => r.Stored), Sum(r => r.Collapsed), Sum(r => r.Uncacheable), Sum(r => r.Entries), Sum(r => r.Bytes),
                Sum(r => r.Made), Sum(r => r.Received), string.Join(", ", reasons)];

            string Sum(Func<CacheReport, long> count) => some.Sum(count).ToString(CultureInfo.InvariantCulture);
        }
    }

    static List<string[]> KeysRows(IReadOnlyList<CacheReport> reports, string like, DateTimeOffset now) =>
        [.. from report in reports
            from page in report.Pages
            where page.ExpiresAt > now && page.Address.Contains(like, StringComparison.OrdinalIgnoreCase)
            select (string[])[ProcessOf(report), $"{page.Bytes}", $"{(page.ExpiresAt - now).TotalSeconds:0}", page.Language, page.Coding, page.Address, string.Join(' ', page.Tags)]];

    static string ProcessOf(CacheReport report) => $"{report.Host}/{report.ProcessId}";
}
