using System.Globalization;
using NsiPortal.Coherence;
using NsiPortal.Support;
using Xunit.Runner.InProc.SystemConsole;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace NsiPortal;

/// <summary>The tests are a program that runs itself: as the runner of tests, as a process of a trial, or as a long trial.</summary>
static class EntryPoint
{
    internal const string NodeCommand = "node";
    const string TrialCommand = "trial";

    static async Task<int> Main(string[] args)
    {
        // As the program itself does: what is said outside of a request is French, whatever the machine speaks.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        return args switch
        {
            [NodeCommand, .. var settings] => await Node.RunAsync(settings),
            [TrialCommand, var minutes, .. var how] => await TrialAsync(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), how),
            _ => await ConsoleRunner.Run(args),
        };
    }

    /// <summary>The long trial of <c>bench/coherence.sh</c>.</summary>
    /// <param name="length">How long.</param>
    /// <param name="how"><c>redis</c> when the processes share one, then the mutant to try, if any.</param>
    static async Task<int> TrialAsync(TimeSpan length, string[] how)
    {
        await using var server = new PostgresServer();
        var withRedis = how is ["redis", ..];
        // Twice as many keep a machine of two processors so busy that a poll gets none for seconds, and its process takes the database for silent.
        var report = await new ClusterTrial { Length = length, ReadersCount = 12, OneImportIn = 4, LongestRest = TimeSpan.FromSeconds(4), WithRedis = withRedis, Mutant = how.Skip(withRedis ? 1 : 0).FirstOrDefault() }.RunAsync();
        Console.WriteLine($"{(TempFolder.IsPostgres ? "PostgreSQL" : "SQLite")}{(withRedis ? " and Redis" : "")}: {report}");
        foreach (var line in report.Readers.Violations.Take(20).Concat(report.Readers.Overruns.Take(20))) Console.WriteLine("  " + line);
        return report.Readers.Violations.Count == 0 ? 0 : 1;
    }
}
