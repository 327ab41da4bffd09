using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using NsiPortal.Caching;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.Courses;
using NsiPortal.Redis;

namespace NsiPortal.Commands;

/// <summary>The cache as its operator sees it: what serving processes tell of theirs, and eviction, which all of them have heard when the command ends.</summary>
static class CacheCommands
{
    static readonly string HowTagsLook =
        $"Un tag s’écrit {string.Join(", ", Tags.Names)}, course:N, chapter:N, class:N (N est l’identifiant, un nombre, comme course:3) ou user:ID. L’identifiant peut ne pas exister.";

    const string Nobody = "Aucun processus ne sert.";
    const string NoPage = "Aucune page n’est gardée.";

    public static Command Cache() => new("cache", "Montre ce que font les caches des processus qui servent, ou les fait oublier.") { Ping(), Stats(), Keys(), Evict(), Clear() };

    static Command Ping()
    {
        var command = new Command("ping", "Écrit, lit et efface une valeur dans Redis, et dit en combien de temps.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var app = Program.Build([]);
            if (app.Services.GetService<RedisView>() is not { } redis)
            {
                var wrong = SharedCache.Read(app.Configuration[SharedCache.Variable]).Wrong;
                Console.Error.WriteLine(wrong is null
                    ? "REDIS_URL n’est pas défini : pages et sessions sont dans la mémoire de chaque processus."
                    : $"REDIS_URL ne peut pas servir ({wrong}). Elle ressemble à redis://user:password@host:6379/0.");
                return 2;
            }

            return await WithRedisAsync(app.Services, async () =>
            {
                var took = await redis.PingAsync(cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"Redis répond : écrire {took[0].TotalMilliseconds:0.00} ms, lire {took[1].TotalMilliseconds:0.00} ms, effacer {took[2].TotalMilliseconds:0.00} ms."));
            });
        });
        return command;
    }

    /// <returns>The exit code: Redis may not do what it is asked for.</returns>
    static async Task<int> WithRedisAsync(IServiceProvider services, Func<Task> act)
    {
        try
        {
            await act();
            return 0;
        }
        catch (RedisException fault)
        {
            Console.Error.WriteLine($"Redis ne fait pas ce qui lui est demandé à {services.GetRequiredService<RedisClient>().Options} : {fault.Message}");
            return 1;
        }
    }

    static Command Stats()
    {
        var command = new Command("stats", "Compte, par processus qui sert : réponses, pages gardées, changements. Les nombres ont cinq secondes au plus.");
        command.SetAction((_, cancellation) => WithDatabaseAsync(async (services, _) =>
        {
            var reports = await services.GetRequiredService<CacheReports>().ReadAsync(cancellation);
            if (reports.Count == 0) Console.WriteLine(Nobody);
            else foreach (var line in StatsTable(reports)) Console.WriteLine(line);
            if (services.GetService<RedisView>() is not { } redis) return 0;
            return await WithRedisAsync(services, async () =>
            {
                Console.WriteLine();
                foreach (var line in FiguresLines(await redis.FiguresAsync(cancellation))) Console.WriteLine(line);
            });
        }, cancellation));
        return command;
    }

    static Command Keys()
    {
        var pattern = new Argument<string>("MOTIF")
        {
            Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "",
            Description = "Seulement les pages dont l’adresse, ou la clé dans Redis, contient ce motif. * y tient lieu de n’importe quoi, ? d’un caractère.",
        };
        var command = new Command("keys", "Liste toutes les pages qui sont dans Redis, ou, sans lui, les 200 dernières que chaque processus garde.") { pattern };
        command.SetAction((result, cancellation) => WithDatabaseAsync(async (services, _) =>
        {
            var wanted = result.GetRequiredValue(pattern);
            if (services.GetService<RedisView>() is { } redis) return await WithRedisAsync(services, () => ListAsync(redis, wanted, cancellation));
            var reports = await services.GetRequiredService<CacheReports>().ReadAsync(cancellation);
            var rows = KeysRows(reports, wanted, TimeProvider.System.GetUtcNow());
            if (reports.Count == 0) Console.WriteLine(Nobody);
            else if (rows.Count == 0) Console.WriteLine(NoPage);
            else foreach (var line in TextTable.Lines(["processus", " octets", " reste (s)", "langue", "codage", "page", "tags"], rows)) Console.WriteLine(line);
            return 0;
        }, cancellation));
        return command;
    }

    /// <summary>There may be millions: each is written as it comes.</summary>
    static async Task ListAsync(RedisView redis, string pattern, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var page in redis.PagesAsync(pattern, cancellationToken))
        {
            if (count++ == 0) Console.WriteLine("   octets  reste (s)  clé");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page.Bytes,9}  {page.Left.TotalSeconds,9:0}  {page.Key}"));
        }

        Console.WriteLine(count == 0 ? NoPage : $"{count} page(s) dans Redis, dont celles que plus personne ne peut atteindre.");
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
        var command = new Command("clear", "Fait oublier toutes les pages, attend que tous les processus l’aient entendu, puis libère la place qu’elles prenaient dans Redis.");
        command.SetAction((_, cancellation) => WithDatabaseAsync(async (services, db) =>
        {
            await db.EvictAsync(Actor.CommandLine, [Tags.Everything], TimeProvider.System.GetUtcNow(), cancellation);
            Console.WriteLine("Plus aucun processus ne sert de page faite avant maintenant.");
            if (services.GetService<RedisView>() is not { } redis) return 0;
            return await WithRedisAsync(services, async () => Console.WriteLine($"{await redis.FreePagesAsync(cancellation)} page(s) libérée(s) dans Redis."));
        }, cancellation));
        return command;
    }

    // The commit of the row returns when every serving process has heard of it.
    static Task<bool> EvictAsync(string[] tags, CancellationToken cancellationToken) => WithDatabaseAsync(async (_, db) =>
    {
        await db.EvictAsync(Actor.CommandLine, tags, TimeProvider.System.GetUtcNow(), cancellationToken);
        return true;
    }, cancellationToken);

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
            ["processus", "depuis", " publiques", " personnelles", " servies", " faites", " partagées", " non gardées", " pages", " octets", " changements d’ici", " d’ailleurs", "sans cache"], rows);

        static string[] Cells(string name, string since, IReadOnlyList<CacheReport> some)
        {
            var reasons = some.SelectMany(report => report.Bypasses).GroupBy(bypass => bypass.Key).OrderBy(reason => reason.Key, StringComparer.Ordinal)
                .Select(reason => $"{reason.Key} {reason.Sum(bypass => bypass.Value)}");
            return [name, since, Ratio(r => r.Shared), Ratio(r => r.Personal), Sum(r => r.Hits), Sum(r => r.Stored), Sum(r => r.Collapsed), Sum(r => r.Uncacheable), Sum(r => r.Entries), Sum(r => r.Bytes),
                Sum(r => r.Made), Sum(r => r.Received), string.Join(", ", reasons)];

            string Ratio(Func<CacheReport, KindOfPages> kind) => Percent(some.Sum(r => kind(r).Hits), some.Sum(r => kind(r).Answers));

            string Sum(Func<CacheReport, long> count) => some.Sum(count).ToString(CultureInfo.InvariantCulture);
        }
    }

    static IEnumerable<string> FiguresLines(RedisFigures figures) =>
    [
        $"Redis {figures.Version} : {Mebibytes(figures.Memory)} sur {(figures.MaximumMemory == 0 ? "autant que la machine en a" : Mebibytes(figures.MaximumMemory))} ({figures.Policy}), {figures.Evicted} clé(s) chassée(s).",
        $"{figures.Keys} clé(s), {figures.Tokens} tag(s) ; {figures.Clients} connexion(s) ; {figures.Commands} commande(s), {figures.CommandsPerSecond} par seconde ; trouvées {Percent(figures.Found, figures.Found + figures.Missed)}.",
    ];

    static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} Mio");

    static string Percent(long part, long whole) => whole == 0 ? "—" : string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole} %");

    static List<string[]> KeysRows(IReadOnlyList<CacheReport> reports, string pattern, DateTimeOffset now) =>
        [.. from report in reports
            from page in report.Pages
            where page.ExpiresAt > now && FileSystemName.MatchesSimpleExpression($"*{pattern}*", page.Address)
            select (string[])[ProcessOf(report), $"{page.Bytes}", $"{(page.ExpiresAt - now).TotalSeconds:0}", page.Language, page.Coding, page.Address, string.Join(' ', page.Tags)]];

    static string ProcessOf(CacheReport report) => $"{report.Host}/{report.ProcessId}";
}
