using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;
using NsiPortal.Hosting;

namespace NsiPortal.Commands;

/// <summary>
/// The command line. Exit code 0: done. 1: done in part, or refused, and said why. 2: could not begin (wrong arguments, unusable database,
/// port taken). Errors go to standard error, in French.
/// </summary>
public static class CommandLine
{
    const int CannotBegin = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        // Help and the framework's own messages, as far as it has them in French.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

        var root = new RootCommand("NSI Portal : le portail de cours de NSI.") { Serve(), Migrate(), Seed(), CourseCommands.Course(), CacheCommands.Cache(), UserCommands.User(), UserCommands.Class(), BadgeCommands.Badges() };
        // Settings such as --urls or --environment belong to the framework, not to us.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((result, cancellation) => ServeAsync([.. result.UnmatchedTokens], cancellation));

        var parsed = root.Parse(args);
        if (parsed.UnmatchedTokens.FirstOrDefault(token => !token.Contains('=', StringComparison.Ordinal)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"« {unknown} » n’est ni une commande ni une option. Essayez --help.");
            return CannotBegin;
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            return CannotBegin;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return CannotBegin;
        }
    }

    // What whoever runs the portal can mend. Anything else is a bug of ours, and keeps its stack trace.
    static string? Explain(Exception fault) => fault switch
    {
        DatabaseUnusableException or UnusableSettingException => fault.Message,
        IOException { InnerException: AddressInUseException } =>
            "Un autre programme écoute déjà à cette adresse : arrêtez-le, ou donnez un autre port (PORT=5081).",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "Le système interdit d’écouter sur ce port : donnez-en un au-dessus de 1023 (PORT=5080).",
        SocketException => $"Impossible d’écouter à cette adresse : {fault.Message}.",
        OptionsValidationException or InvalidOperationException { InnerException: FormatException } => $"Un réglage est inutilisable : {fault.Message}",
        DbException => $"La base de données ne répond pas comme elle le devrait : {fault.Message}",
        InvalidDataException => $"Un fichier de réglages est illisible : {fault.Message}",
        _ => null,
    };

    static Command Serve()
    {
        var command = new Command("serve", "Sert le portail ; c’est ce que fait le programme sans commande.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((result, cancellation) => ServeAsync([.. result.UnmatchedTokens], cancellation));
        return command;
    }

    static Command Migrate()
    {
        var command = new Command("migrate", "Amène la base de données au schéma de cette version, puis refait le HTML des chapitres s’il le faut.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var app = Program.Build([]);
            await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: false, cancellation);
            Console.WriteLine("La base de données est à jour.");
            return 0;
        });
        return command;
    }

    static Command Seed()
    {
        var users = new Option<int>("--users") { Description = "Ajoute autant d’élèves, pour mesurer le portail sous la charge ; jamais sur un portail qui sert à des élèves." };
        var attempts = new Option<int>("--attempts") { Description = "Le nombre de réponses de ces élèves." };
        users.Validators.Add(NotNegative);
        attempts.Validators.Add(NotNegative);
        var command = new Command("seed", "Charge le contenu de démonstration dans une base qui n’a aucun cours.") { users, attempts };
        command.SetAction(async (result, cancellation) =>
        {
            await using var app = Program.Build([]);
            if (result.GetValue(users) > 0 && app.Environment.IsProduction())
            {
                await Console.Error.WriteLineAsync("Ces élèves ont tous un mot de passe que tout le monde connaît : jamais en Production. Pour mesurer : ASPNETCORE_ENVIRONMENT=Development.");
                return CannotBegin;
            }

            var (courses, problems) = await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: true, serving: false, cancellation);
            foreach (var problem in problems) await Console.Error.WriteLineAsync(problem.ToString());
            Console.WriteLine(courses > 0 ? $"{courses} cours chargé(s)."
                : problems.Count > 0 ? "Aucun cours n’a pu être chargé."
                : "La base contient déjà des cours : rien n’a été chargé.");
            if (result.GetValue(users) > 0) await LoadAsync(app.Services, result.GetValue(users), result.GetValue(attempts), cancellation);
            return problems.Count > 0 ? 1 : 0;
        });
        return command;

        static void NotNegative(System.CommandLine.Parsing.OptionResult result)
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 10_000_000)) result.AddError($"« {result.Tokens[0].Value} » n’est pas un nombre de 0 à 10000000.");
        }
    }

    static Task LoadAsync(IServiceProvider services, int users, int attempts, CancellationToken cancellationToken) => services.GetRequiredService<DatabaseStart>().UseAsync(async db =>
    {
        await using var scope = services.CreateAsyncScope();
        var watch = Stopwatch.StartNew();
        var written = await ActivatorUtilities.CreateInstance<LoadSeed>(scope.ServiceProvider).RunAsync(db, users, attempts, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{written.Users} élève(s) et {written.Attempts} réponse(s) en {watch.Elapsed.TotalSeconds:0.0} s."));
    }, cancellationToken);

    static async Task<int> ServeAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var app = Program.Build(settings);
        var withDemo = app.Configuration.GetValue("Portal:LoadDemo", defaultValue: app.Environment.IsDevelopment());
        await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo, serving: true, cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        // Only a host that was told to stop knows that a worker which had not begun yet is cancelled, and not broken.
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        foreach (var url in app.Urls) Console.WriteLine($"NSI Portal vous attend sur {url}");
        // SIGTERM and Ctrl+C: no new connection, then the requests under way are finished.
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
