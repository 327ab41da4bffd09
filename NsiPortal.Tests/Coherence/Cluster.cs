using System.Net.Http.Json;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>Serving processes on one database, each started again when it ends, and a command that writes beside them.</summary>
sealed class Cluster : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TempFolder data;
    readonly Relay? wayOfCommands;
    readonly List<Member> members = [];
    readonly CancellationTokenSource ending = new();
    readonly List<Task> keeping = [];
    PortalHost command = null!;

    Cluster(RedisServer? redis)
    {
        (Redis, wayOfCommands) = (redis, redis is null ? null : new Relay(new Uri(redis.Url)));
        data = new TempFolder { RedisUrl = wayOfCommands?.Url };
    }

    /// <summary>What the processes share; null when each has its own memory.</summary>
    public RedisServer? Redis { get; private set; }

    /// <param name="nodes">How many serve.</param>
    /// <param name="mutant">What of the portal is broken; null for nothing.</param>
    /// <param name="withRedis">Whether they share one, each by a relay of its own.</param>
    public static async Task<Cluster> StartAsync(int nodes, string? mutant, bool withRedis)
    {
        var cluster = new Cluster(withRedis ? await RedisServer.StartAsync() : null);
        await cluster.data.MigrateAsync();
        cluster.command = PortalHost.Command(cluster.data, builder =>
        {
            if (mutant is not null) ClusterMutants.Add(mutant, builder);
        });
        for (var i = 0; i < nodes; i++)
        {
            var relay = cluster.Redis is null ? null : new Relay(new Uri(cluster.Redis.Url));
            string[] way = relay is null ? [] : [$"--REDIS_URL={relay.Url}"];
            var member = new Member([.. cluster.data.Settings, .. way, $"--Trial:Mutant={mutant}", i == 1 ? "--Trial:Offset=01:00:00" : "--Trial:Offset="]) { WayToRedis = relay };
            cluster.members.Add(member);
            cluster.keeping.Add(member.KeepAsync(cluster.ending.Token));
        }

        await Task.WhenAll(cluster.members.Select(member => member.UpAsync()));
        return cluster;
    }

    public IReadOnlyList<Member> Members => members;

    /// <summary>A process that serves at the moment.</summary>
    public Door? Choose(Random random)
    {
        var first = random.Next(members.Count);
        return Enumerable.Range(0, members.Count).Select(i => members[(first + i) % members.Count].Door).FirstOrDefault(door => door is not null);
    }

    /// <summary>Has one of the serving processes make the change.</summary>
    /// <param name="order">The change.</param>
    /// <param name="random">Chooses who makes it.</param>
    /// <param name="dies">Where the process is to die over it; see <see cref="MortalTokens"/>.</param>
    public async Task<int[]> PerformAsync(Order order, Random random, string? dies = null)
    {
        Door? door;
        while ((door = Choose(random)) is null) await Task.Delay(5);
        try
        {
            using var answer = await door.Client.PostAsJsonAsync($"{NodeController.Path}?dies={dies}", order);
            if (!answer.IsSuccessStatusCode) Assert.Fail($"{order}: {await answer.Content.ReadAsStringAsync()}");
            return (await answer.Content.ReadFromJsonAsync<int[]>())!;
        }
        catch (HttpRequestException lost)
        {
            Assert.True(await door.IsGoneAsync(), $"{order}: no answer from a process that lives");
            throw new OutcomeUnknownException(lost);
        }
    }

    /// <summary>Makes the change as a command does: without serving, and so without being registered. An import is the command itself.</summary>
    public async Task<int[]> CommandAsync(Order order)
    {
        if (order is not ImportCourse import) return await command.WithDbAsync(order.PerformAsync);
        var folder = Directory.CreateDirectory(data[Guid.NewGuid().ToString("n")]);
        await import.WriteAsync(folder.FullName);
        var ended = await PortalProcess.RunAsync(["course", "import", folder.FullName], data.Variables);
        Assert.True(ended.Code == 0, $"{order}: {ended.Code} {ended.Errors}");
        return [];
    }

    /// <summary>
    /// A copy of the shared server, which has not heard of the last changes, takes its place. Each process comes to it at a time of its own: some find a
    /// copy still, and some go on with the old server for a while, which knows nothing of all this.
    /// </summary>
    /// <param name="lag">How long the copy has heard nothing.</param>
    /// <param name="spread">How far apart the processes may change over.</param>
    /// <param name="random">Chooses when.</param>
    public async Task PromoteAsync(TimeSpan lag, TimeSpan spread, Random random)
    {
        var old = Redis!;
        await using var line = new Relay(new Uri(old.Url));
        Redis = await old.CopyAsync(new Uri(line.Url));
        line.Mute();
        await Task.Delay(lag);
        List<Func<Task>> steps = [() => Redis.AskAsync("REPLICAOF NO ONE")];
        foreach (var way in members.Select(member => member.WayToRedis).Append(wayOfCommands))
        {
            steps.Add(() =>
            {
                way!.LeadTo(new Uri(Redis.Url));
                return Task.CompletedTask;
            });
        }

        var moments = steps.Select(_ => spread * random.NextDouble()).ToList();
        await Task.WhenAll(steps.Zip(moments, async (step, moment) =>
        {
            await Task.Delay(moment);
            await step();
        }));
        await old.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        foreach (var member in members) await member.DisposeAsync();
        await Task.WhenAll(keeping);
        await command.DisposeAsync();
        if (wayOfCommands is not null) await wayOfCommands.DisposeAsync();
        if (Redis is not null) await Redis.DisposeAsync();
        await data.DisposeAsync();
        ending.Dispose();
    }

    /// <summary>One serving process after the other.</summary>
    public sealed class Member(string[] settings) : IAsyncDisposable
    {
        static readonly string Program = Path.Combine(AppContext.BaseDirectory, "NsiPortal.Tests.dll");

        readonly List<HttpClient> clients = [];
        volatile PortalProcess? process;
        volatile Door? door;

        /// <summary>Its own way to the Redis that all share.</summary>
        public Relay? WayToRedis { get; init; }

        /// <summary>Where readers find it; null while it is down.</summary>
        public Door? Door => door;

        public async Task KeepAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await using var started = process = PortalProcess.Start("dotnet", [Program, EntryPoint.NodeCommand, .. settings], []);
                if (cancellationToken.IsCancellationRequested) return;
                var line = await started.SaysOrEndsAsync(Node.Listening);
                if (line is null) continue;
                // Disposed with the cluster: somebody may still wait for an answer that will not come.
                var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(line[Node.Listening.Length..]) };
                clients.Add(client);
                var gone = started.GoneAsync();
                door = new Door(client, async () => await Task.WhenAny(gone, Task.Delay(Patience, CancellationToken.None)) == gone);
                await gone;
                door = null;
            }
        }

        public async Task UpAsync()
        {
            while (door is null) await Task.Delay(10);
        }

        /// <summary>Kills it, or asks it to end; done when its successor serves.</summary>
        public async Task ReplaceAsync(bool politely)
        {
            var before = door;
            if (politely) process!.Terminate();
            else process!.Kill();
            while (door is null || door == before) await Task.Delay(10);
        }

        /// <summary>Freezes it: it neither polls nor answers, and does not know that time goes on.</summary>
        public async Task FreezeAsync(TimeSpan time)
        {
            process!.Freeze();
            await Task.Delay(time);
            process.Thaw();
        }

        public async Task DeafenAsync(TimeSpan time)
        {
            if (door is not { } open) return;
            using var answer = await open.Client.PostAsync($"{NodeController.DeafPath}?milliseconds={time.TotalMilliseconds:0}", null);
            await Task.Delay(time);
        }

        public async ValueTask DisposeAsync()
        {
            if (process is { } last) await last.DisposeAsync();
            if (WayToRedis is not null) await WayToRedis.DisposeAsync();
            foreach (var client in clients) client.Dispose();
        }
    }
}
