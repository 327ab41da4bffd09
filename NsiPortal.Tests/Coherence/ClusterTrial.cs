using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>Processes on one database, readers and writers at random, and faults: what is tried, and how it went.</summary>
sealed class ClusterTrial
{
    public int ReadersCount { get; init; } = 6;

    public int Nodes { get; init; } = 3;

    /// <summary>With others serving, each change takes over two seconds to be acknowledged: many are made at once.</summary>
    public int Writers { get; init; } = 12;

    public int Courses { get; init; } = 14;

    public string? Mutant { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>A machine that is too busy for so many faults in that time gets up to four times as long.</summary>
    public int LeastFaults { get; init; }

    /// <summary>Chooses the faults, their order and their victims; <c>COHERENCE_SEED</c>, or any.</summary>
    public int Seed { get; init; } = Environment.GetEnvironmentVariable("COHERENCE_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();

    /// <summary>Which faults befall the processes, one at a time.</summary>
    public Fault[] Faults { get => field ?? [.. Enum.GetValues<Fault>().Where(fault => WithRedis || fault < Fault.RedisFrozen)]; init; }

    /// <summary>How long all is well at most before the next fault.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether the processes share a Redis.</summary>
    public bool WithRedis { get; init; }

    /// <summary>Commands only, and none that takes seconds: the processes serve and are told nothing.</summary>
    public bool OnlyCommands { get; init; }

    /// <summary>See <see cref="School"/>.</summary>
    public int OneImportIn { get; init; } = 1;

    /// <summary>See <see cref="School"/>.</summary>
    public int LongestHold { get; init; } = 50;

    public bool StopAtFirstViolation { get; init; }

    /// <summary>Ends the trial before its time, once it has shown something; null for the whole length.</summary>
    public Func<Readers, int, bool>? Enough { get; init; }

    public enum Fault
    {
        DiesBeforeTokens,
        DiesAfterTokens,
        DiesAfterAnswer,
        Killed,
        Restarted,
        Frozen,
        Deaf,

        RedisFrozen,
        RedisKilled,

        /// <summary>Killed, and back with what it held some time ago.</summary>
        RedisRestored,
        RedisFlushed,

        /// <summary>A copy that has not heard of the last changes takes its place.</summary>
        RedisPromoted,

        /// <summary>It takes commands, or those that write, and answers when the pause is over.</summary>
        RedisPaused,
        RedisFull,

        /// <summary>Full too, and it makes room by throwing away what it likes.</summary>
        RedisForgetful,

        /// <summary>One process loses its way to it.</summary>
        RedisCut,
        RedisMute,
        RedisSlow,
    }

    /// <summary>Longer than a licence lasts.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    public async Task<Report> RunAsync()
    {
        await using var cluster = await Cluster.StartAsync(Nodes, Mutant, WithRedis);
        var mixed = new ThreadLocal<Random>(() => new Random(Seed + Environment.CurrentManagedThreadId));
        // Where the next process that is told to change something dies over it.
        string? dies = null;
        var school = new School(order =>
        {
            if (OnlyCommands || order is ImportCourse || mixed.Value!.Next(4) == 0) return cluster.CommandAsync(order);
            return cluster.PerformAsync(order, mixed.Value!, Interlocked.Exchange(ref dies, null));
        }, imports: OnlyCommands ? 0 : OneImportIn, schedules: !OnlyCommands, LongestHold);
        await school.OpenAsync(Courses);
        var readers = new Readers(school);

        var watch = Stopwatch.StartNew();
        var faults = 0;
        var befell = Enum.GetValues<Fault>().ToDictionary(fault => fault, _ => 0);
        bool Next() => (watch.Elapsed < Length || (Volatile.Read(ref faults) < LeastFaults && watch.Elapsed < 4 * Length)) && !(StopAtFirstViolation && readers.Violations.Count > 0) && Enough?.Invoke(readers, Volatile.Read(ref faults)) != true;
        var writing = Enumerable.Range(0, Writers).Select(i => Task.Run(async () =>
        {
            var random = new Random(Seed + i);
            while (Next()) await school.ChangeAsync(random);
        })).ToList();
        var reading = Enumerable.Range(0, ReadersCount).Select(i => Task.Run(() => readers.ReadAsync(new Random(Seed + 100 + i), DoorOf(i), () => ValueTask.FromResult(Next())))).ToList();

        // Who comes to any of them soon waits at one that is frozen; the others go on reading meanwhile.
        Func<Random, Door?> DoorOf(int reader) => reader % 2 == 0 ? cluster.Choose : _ => cluster.Members[reader / 2 % Nodes].Door;
        var failing = Task.Run(async () =>
        {
            var random = new Random(Seed + 200);
            Fault[] order = [.. Faults];
            while (Next())
            {
                // Each before any comes again.
                if (faults % order.Length == 0) random.Shuffle(order);
                var fault = order[faults % order.Length];
                befell[fault]++;
                var member = cluster.Members[random.Next(cluster.Members.Count)];
                Interlocked.Increment(ref faults);
                switch (fault)
                {
                    case Fault.DiesBeforeTokens: await DieAsync(MortalTokens.BeforeTokens); break;
                    case Fault.DiesAfterTokens: await DieAsync(MortalTokens.AfterTokens); break;
                    case Fault.DiesAfterAnswer: await DieAsync(MortalTokens.AfterAnswer); break;
                    case Fault.Killed: await member.ReplaceAsync(politely: false); break;
                    case Fault.Restarted: await member.ReplaceAsync(politely: true); break;
                    case Fault.Frozen: await member.FreezeAsync(Pause); break;
                    case Fault.Deaf: await member.DeafenAsync(Pause); break;
                    case Fault.RedisPromoted: await cluster.PromoteAsync(lag: Pause, spread: Pause, random); break;
                    default: await FailRedisAsync(cluster.Redis!, member.WayToRedis!, fault, random); break;
                }

                await Task.WhenAll(cluster.Members.Select(m => m.UpAsync()));
                await Task.Delay(Nodes == 1 ? Pause : random.NextDouble() * LongestRest);
            }

            Task DieAsync(string moment)
            {
                Volatile.Write(ref dies, moment);
                return Task.Delay(TimeSpan.FromSeconds(1));
            }
        });
        await Task.WhenAll([.. writing, .. reading, failing]);

        var calm = StopAtFirstViolation ? [] : await CalmAsync(cluster, school);
        return new Report(readers, school.Registers.Values.Sum(r => r.Count), faults, befell.Where(fault => fault.Value > 0).ToDictionary(), calm, Seed);
    }

    static async Task FailRedisAsync(RedisServer redis, Relay way, Fault fault, Random random)
    {
        switch (fault)
        {
            case Fault.RedisFrozen:
                redis.Freeze();
                await Task.Delay(Pause);
                redis.Thaw();
                break;
            case Fault.RedisKilled:
                await redis.KillAsync();
                redis.Forget();
                await Task.Delay(Pause / 2);
                await redis.StartAgainAsync();
                break;
            case Fault.RedisRestored:
                await redis.AskAsync("SAVE");
                await Task.Delay(Pause);
                await redis.KillAsync();
                await redis.StartAgainAsync();
                break;
            case Fault.RedisFlushed: await redis.AskAsync("FLUSHALL"); break;
            case Fault.RedisPaused:
                await redis.AskAsync($"CLIENT PAUSE {Pause.TotalMilliseconds:0} {(random.Next(2) == 0 ? "ALL" : "WRITE")}");
                await Task.Delay(Pause);
                break;
            case Fault.RedisFull or Fault.RedisForgetful:
                await redis.AskAsync($"CONFIG SET maxmemory-policy {(fault == Fault.RedisFull ? "noeviction" : "allkeys-lru")}");
                // Too little for anything, or just too little for what comes.
                var used = Regex.Match(await redis.AskAsync("INFO memory"), @"used_memory:(\d+)").Groups[1].Value;
                await redis.AskAsync($"CONFIG SET maxmemory {(random.Next(2) == 0 ? "1" : used)}");
                await Task.Delay(Pause);
                await redis.AskAsync("CONFIG SET maxmemory 0");
                break;
            case Fault.RedisCut:
                way.Cut();
                await Task.Delay(Pause);
                way.Restore();
                break;
            case Fault.RedisMute:
                way.Mute();
                await Task.Delay(Pause);
                way.Restore();
                break;
            case Fault.RedisSlow:
                // From hardly felt to longer than anybody waits.
                way.Delay = TimeSpan.FromMilliseconds(random.Next(5, 300));
                await Task.Delay(Pause);
                way.Delay = TimeSpan.Zero;
                break;
        }
    }

    /// <summary>When nothing changes and nothing fails, the second reader of a page gets it from the cache.</summary>
    /// <returns>What each second reader was told of the cache.</returns>
    static async Task<List<string>> CalmAsync(Cluster cluster, School school)
    {
        // The last change has gone round by then.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Task.WhenAll(cluster.Members.Select(member => BackAsync(member, $"/cours/{school.Courses[0].Slug}")));
        var told = new List<string>();
        foreach (var member in cluster.Members)
        {
            foreach (var path in school.Courses.SelectMany(course => course.Chapters.Select(chapter => $"/cours/{course.Slug}/{chapter.Slug}").Prepend($"/cours/{course.Slug}")))
            {
                await member.Door!.Client.AskAsync(path);
                told.Add((await member.Door!.Client.AskAsync(path)).CacheStatus);
            }
        }

        return told;
    }

    /// <summary>Until the member trusts what it asks for its tokens again. How long that takes is the machine's business; that it comes is not.</summary>
    static async Task BackAsync(Cluster.Member member, string path)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Report.IsHit((await member.Door!.Client.AskAsync(path)).CacheStatus) && !limit.IsCancellationRequested) await Task.Delay(TimeSpan.FromMilliseconds(100));
    }

    public sealed record Report(Readers Readers, int Writes, int Faults, IReadOnlyDictionary<Fault, int> Befell, IReadOnlyList<string> Calm, int Seed)
    {
        public double HitRatio => (double)Readers.Hits / Readers.Reads;

        /// <summary>The reads that Redis did not keep waiting: those go past the cache, and on a busy machine half of all may.</summary>
        public int ReadsInTime => Readers.Reads - Readers.Others.GetValueOrDefault("fwd=bypass; detail=redis");

        public int CalmReads => Calm.Count;

        public int CalmHits => Calm.Count(IsHit);

        public static bool IsHit(string told) => told.StartsWith("NsiPortal; hit", StringComparison.Ordinal);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Readers.Reads} reads, {Writes} writes, {Faults} faults, {100 * HitRatio:0} % hits ({string.Join(", ", Readers.Others.OrderByDescending(other => other.Value).Select(other => $"{other.Key} {other.Value}"))}), {Readers.NotModified} not modified, {Readers.Redirects} redirects, "
            + $"{Readers.Aborted} aborted, {Readers.Unanswered} unanswered by processes that died, calm: {CalmHits} of {CalmReads} second reads hit{string.Concat(Calm.Where(told => !IsHit(told)).CountBy(told => told).Select(miss => $", {miss.Value} {miss.Key}"))}; "
            + $"waited for tokens and shared pages: p99.9 {Readers.Granted999} ms, {Readers.Overruns.Count} over {GrantedTime.Limit.TotalMilliseconds:0} ms; "
            + $"{Readers.Violations.Count} violations (seed {Seed})\n  faults: {string.Join(", ", Befell.Select(fault => $"{fault.Key} {fault.Value}"))}");
    }
}
