using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>Two portals, each a process, on one PostgreSQL and one Redis, with teachers who are signed in.</summary>
sealed class TwoReplicas : IAsyncDisposable
{
    readonly BenchDatabase database = BenchDatabase.Postgres();
    readonly List<Replica> replicas = [];

    TwoReplicas(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    /// <summary>Each with a chapter of their own.</summary>
    public List<Author> Authors { get; private set; } = [];

    public Uri[] Addresses => [.. replicas.Select(replica => replica.Address)];

    public static async Task<TwoReplicas> StartAsync(int teachers)
    {
        var started = new TwoReplicas(await RedisServer.StartAsync());
        started.Authors = await Author.MakeAsync(await started.database.PrepareAsync(), teachers);
        for (var i = 0; i < 2; i++) started.replicas.Add(await Replica.StartAsync([.. started.database.Settings, $"--REDIS_URL={started.Redis.Url}"]));
        foreach (var author in started.Authors) await author.SignInAsync(started.Addresses[0]);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var author in Authors) author.Dispose();
        foreach (var replica in replicas) await replica.DisposeAsync();
        await database.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
