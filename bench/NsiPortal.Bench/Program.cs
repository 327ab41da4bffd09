using NsiPortal.Bench;

// One file per benchmark; the results that are kept stand in bench/results.
return args switch
{
    ["fuzz", .. var rest] => FuzzBenchmark.Run(rest),
    ["rendering", ..] => RenderingBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project bench/NsiPortal.Bench -- COMMAND
          fuzz [documents=1000000] [seed=1]   renders generated documents and has each judged
          rendering                           rendering time of course text against Markdig alone
        """);
    return 2;
}
