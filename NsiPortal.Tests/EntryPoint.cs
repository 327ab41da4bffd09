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

    static async Task<int> Main(string[] args) => args switch
    {
        [NodeCommand, .. var settings] => await Node.RunAsync(settings),
        [TrialCommand, var minutes, .. var mutant] => await TrialAsync(TimeSpan.FromMinutes(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)), mutant),
        _ => await ConsoleRunner.Run(args),
    };

    /// <summary>The long trial of <c>bench/coherence.sh</c>.</summary>
    static async Task<int> TrialAsync(TimeSpan length, string[] mutant)
    {
        await using var server = new PostgresServer();
        var report = await new ClusterTrial { Length = length, Mutant = mutant.FirstOrDefault() }.RunAsync();
        Console.WriteLine($"{(TempFolder.IsPostgres ? "PostgreSQL" : "SQLite")}: {report}");
        foreach (var violation in report.Readers.Violations.Take(20)) Console.WriteLine(violation);
        return report.Readers.Violations.Count == 0 ? 0 : 1;
    }
}
