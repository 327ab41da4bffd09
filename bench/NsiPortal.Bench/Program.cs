using NsiPortal.Bench;

// One file per benchmark; the results that are kept stand in bench/results.
return args switch
{
    ["fuzz", .. var rest] => FuzzBenchmark.Run(rest),
    ["rendering", ..] => RenderingBenchmark.Run(),
    ["hit", .. var rest] => await HitBenchmark.RunAsync(rest),
    ["save", .. var rest] => await SaveBenchmark.RunAsync(rest),
    ["poll", .. var rest] => await PollBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project bench/NsiPortal.Bench -- COMMAND
          fuzz [documents=1000000] [seed=1]   renders generated documents and has each judged
          rendering                           rendering time of course text against Markdig alone
          hit [seconds=6]                     a cached chapter against a raw endpoint and the framework's output cache (needs wrk)
          save [rounds=400]                   the save of a chapter with its outbox row against the same without (needs PostgreSQL)
          poll [rows=1000000]                 plans, commands and time of the outbox's poll, whatever the table holds (needs PostgreSQL)
        """);
    return 2;
}
