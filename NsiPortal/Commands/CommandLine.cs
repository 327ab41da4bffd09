using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;

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
        var root = new RootCommand("NSI Portal : le portail de cours de NSI.") { Serve(), Migrate(), Seed() };
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
        catch (DatabaseUnusableException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return CannotBegin;
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{fault.Message} Un autre programme y répond déjà : arrêtez-le, ou donnez un autre port (PORT=5081).");
            return CannotBegin;
        }
    }

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
            await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, cancellation);
            Console.WriteLine("La base de données est à jour.");
            return 0;
        });
        return command;
    }

    static Command Seed()
    {
        var command = new Command("seed", "Charge le contenu de démonstration dans une base qui n’a aucun cours.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var app = Program.Build([]);
            var result = (Courses: 0, Problems: (IReadOnlyList<Exchange.Problem>)[]);
            await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, cancellation);
            await app.Services.GetRequiredService<DatabaseStart>().RunAsync(
                async db => result = await app.Services.GetRequiredService<DemoContent>().LoadAsync(db, cancellation), cancellation);
            foreach (var problem in result.Problems) await Console.Error.WriteLineAsync(problem.ToString());
            Console.WriteLine(result.Courses > 0 ? $"{result.Courses} cours chargé(s)." : "La base contient déjà des cours : rien n’a été chargé.");
            return result.Problems.Count > 0 ? 1 : 0;
        });
        return command;
    }

    static async Task<int> ServeAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var app = Program.Build(settings);
        var withDemo = app.Configuration.GetValue("Portal:LoadDemo", defaultValue: app.Environment.IsDevelopment());
        await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo, cancellationToken);
        await app.StartAsync(cancellationToken);
        foreach (var url in app.Urls) Console.WriteLine($"NSI Portal vous attend sur {url}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
