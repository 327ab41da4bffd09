using NsiPortal.Bench;
using NsiPortal.Redis;

// One file per benchmark; the results that are kept stand in bench/results.
return args switch
{
    ["fuzz", .. var rest] => FuzzBenchmark.Run(rest),
    ["render"] => RenderingBenchmark.Run(),
    ["hit", .. var rest] => await HitBenchmark.RunAsync(rest),
    ["save", .. var rest] => await SaveBenchmark.RunAsync(rest),
    ["poll", .. var rest] => await PollBenchmark.RunAsync(rest),
    ["redis"] => await RedisBenchmark.RunAsync(),
    ["redis-evict", .. var rest] => await EvictionBenchmark.RunAsync(rest),
    ["redis-clear", .. var rest] => await ClearBenchmark.RunAsync(rest),
    ["redis-down"] => await RedisDownBenchmark.RunAsync(),
    ["redis-memory"] => await RedisMemoryBenchmark.RunAsync(),
    ["redis-fuzz", .. var rest] => await FuzzRedisAsync(rest),
    ["students", .. var rest] => await StudentsBenchmark.RunAsync(rest),
    ["grid", .. var rest] => await GridBenchmark.RunAsync(rest),
    ["admin", .. var rest] => await AdminBenchmark.RunAsync(rest),
    ["peer", .. { Length: > 0 } rest] => await PeerBenchmark.RunAsync(rest),
    ["publish", .. var rest] => await PublishBenchmark.RunAsync(rest),
    ["morning", .. var rest] => await MorningBenchmark.MorningAsync(rest),
    ["students-memory"] => await MorningBenchmark.MemoryAsync(),
    ["lesson", .. var rest] => await MorningBenchmark.LessonAsync(rest),
    _ => Usage(),
};

static async Task<int> FuzzRedisAsync(string[] args)
{
    var inputs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5_000_000;
    var seed = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
    Console.WriteLine($"{await RespFuzz.RunAsync(inputs, seed)} answers, seed {seed}: each was read, ended or was refused, within its memory");
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project bench/NsiPortal.Bench -- COMMAND
          fuzz [documents=1000000] [seed=1]   renders generated documents and has each judged
          render                              rendering time of course text against Markdig alone, in one run
          hit [seconds=6]                     a cached chapter, without Redis and with it, against a raw endpoint and the framework's output cache (needs wrk and redis-server)
          save [rounds=400]                   the save of a chapter with its outbox row against the same without (needs PostgreSQL)
          poll [rows=1000000]                 plans, commands and time of the outbox's poll, whatever the table holds (needs PostgreSQL)
          redis                               our client against redis-benchmark (needs redis-server)
          redis-evict [entries=100000]        eviction of a tag that many entries carry (needs redis-server)
          redis-clear [keys=1000000]          eviction of everything, and how the dead entries are freed (needs redis-server)
          redis-down                          pages, saves and what is lost while Redis is stopped and suspended (needs PostgreSQL and redis-server)
          redis-memory                        what Redis takes for pages of many readers and for sessions (needs redis-server)
          students [users=100000] [attempts=1000000]  seeding, and pages that no cache has, among so many pupils (needs PostgreSQL)
          grid [users=100000] [attempts=1000000]  the grid of a class of 35, among so many pupils (needs PostgreSQL)
          admin [users=100000] [attempts=1000000]  the dashboard of administration and the search of accounts, among so many (needs PostgreSQL)
          peer PAGE=KEPT-URL[,MADE-URL[,COOKIE]]...  chapter, leaderboard, statistics or dashboard beside those of another portal that is running (needs wrk and redis-server)
          publish [times=500]                 what a teacher publishes at one replica, read at once at the other (needs PostgreSQL and redis-server)
          morning [seconds=60] [users] [attempts]  a school morning with the caches off and on
          students-memory                     what Redis takes for a thousand pupils (needs redis-server)
          lesson [seconds=60]                 a class that submits while others read; every sum must be right
          redis-fuzz [answers=5000000] [seed=1]  feeds broken and hostile answers to the reader of our client
        """);
    return 2;
}
