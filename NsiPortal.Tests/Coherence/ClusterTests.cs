namespace NsiPortal.Coherence;

/// <summary>The promise between processes: three that serve and one that only writes, on one database, while they die, freeze and lose touch with it.</summary>
[Collection(nameof(CoherenceTests))]
public sealed class ClusterTests(ITestOutputHelper output)
{
    const int TimeLimit = 600_000;

    [Fact(Timeout = TimeLimit)]
    public async Task A_minute_of_faults_shows_no_reader_anything_older_than_what_was_acknowledged()
    {
        var report = await new ClusterTrial { Length = TimeSpan.FromMinutes(1), LeastFaults = 4 }.RunAsync();
        AssertClean(report);
        // Not vacuous: a busy machine does less of everything, but it read, wrote and broke, much came from the cache, and in calm nearly all does.
        Assert.True(report.Readers.Reads > 1_000 && report.Writes > 200 && report.Faults >= 4, report.ToString());
        Assert.InRange(report.Readers.Hits, report.ReadsInTime / 5, report.ReadsInTime);
        Assert.InRange(report.CalmHits, report.CalmReads * 95 / 100, report.CalmReads);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Nor_does_it_with_a_redis_that_freezes_dies_forgets_and_remembers_wrongly()
    {
        var report = await new ClusterTrial { Length = TimeSpan.FromMinutes(1), LeastFaults = 6, WithRedis = true }.RunAsync();
        AssertClean(report);
        Assert.True(report.Readers.Reads > 1_000 && report.Writes > 200 && report.Faults >= 6, report.ToString());
        Assert.InRange(report.Readers.Hits, report.ReadsInTime / 5, report.ReadsInTime);
        Assert.InRange(report.CalmHits, report.CalmReads * 95 / 100, report.CalmReads);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_process_that_comes_and_goes_beside_a_command_is_never_behind_it()
    {
        // However long a busy machine takes to start a process.
        var report = await Alone(null, TimeSpan.FromMinutes(3), (readers, faults) => faults >= 3 && readers.Hits > 500).RunAsync();
        AssertClean(report);
        Assert.True(report.Faults >= 3 && report.Readers.Hits > 500, report.ToString());
    }

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_without_the_outbox() => GoesRedAsync(new ClusterTrial { Mutant = ClusterMutants.OutboxOff, Length = TimeSpan.FromMinutes(2), StopAtFirstViolation = true });

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_without_the_licence() => GoesRedAsync(new ClusterTrial
    {
        Mutant = ClusterMutants.LicenceOff, Length = TimeSpan.FromMinutes(2), StopAtFirstViolation = true, Faults = [ClusterTrial.Fault.Deaf, ClusterTrial.Fault.Frozen],
    });

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_when_a_process_registers_after_its_first_poll() => GoesRedAsync(Alone(ClusterMutants.RegistersLate, TimeSpan.FromMinutes(2)));

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_when_a_writer_looks_who_serves_before_its_commit() => GoesRedAsync(Alone(ClusterMutants.LooksEarly, TimeSpan.FromMinutes(2)));

    [Fact(Timeout = TimeLimit)]
    [Trait("Database", "PostgreSQL")]
    public Task It_goes_red_with_a_cursor_of_ids() => GoesRedAsync(new ClusterTrial
    {
        // Longer than from one poll to the next: some poll comes while a row is not visible and a later one is.
        Mutant = ClusterMutants.SerialCursor, Length = TimeSpan.FromMinutes(3), StopAtFirstViolation = true, Faults = [ClusterTrial.Fault.Deaf], LongestHold = 1000,
    });

    /// <summary>One process that is restarted again and again, and one command, which is often the only one there is.</summary>
    static ClusterTrial Alone(string? mutant, TimeSpan length, Func<Readers, int, bool>? enough = null) => new()
    {
        Mutant = mutant, Length = length, Enough = enough, StopAtFirstViolation = mutant is not null, Nodes = 1, Writers = 1, Courses = 2, OnlyCommands = true, Faults = [ClusterTrial.Fault.Restarted],
    };

    void AssertClean(ClusterTrial.Report report)
    {
        output.WriteLine(report.ToString());
        foreach (var overrun in report.Readers.Overruns.Take(10)) output.WriteLine(overrun);
        // Whole, where the assertion shortens them.
        foreach (var violation in report.Readers.Violations.Take(10)) output.WriteLine(violation);
        Assert.Empty(report.Readers.Violations);
    }

    async Task GoesRedAsync(ClusterTrial trial)
    {
        var report = await trial.RunAsync();
        output.WriteLine($"Caught: {report.Readers.Violations.FirstOrDefault()}; {report}");
        Assert.NotEmpty(report.Readers.Violations);
    }
}
