using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Data.Postgres;

/// <summary>What may stand in the way of a start on a server: a lock, a death in the middle, an address that leads nowhere.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class PostgresStartTests : IAsyncDisposable
{
    const long Lock = 0x4E53_4970_6F72_7461;

    readonly TempFolder data = new();

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task A_process_that_died_while_it_held_the_lock_blocks_nobody()
    {
        await using var holder = await data.ConnectAsync();
        await holder.ExecuteAsync($"SELECT pg_advisory_lock({Lock})");
        await using var next = PortalProcess.Start(["seed"], data.Variables);
        await next.SaysAsync("Another process prepares the database");

        await holder.CloseAsync();
        var ending = await next.EndAsync();
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        await data.AssertSeededOnceAsync();
    }

    [Fact]
    public async Task A_migration_that_was_killed_is_made_whole_by_the_next()
    {
        await using var killed = PortalProcess.Start(["seed"], data.Variables);
        await using var watch = await data.ConnectAsync();
        while ((await watch.RowsAsync("SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND datname = current_database()")).Count == 0) await Task.Yield();
        while ((await watch.RowsAsync("SELECT 1 FROM pg_tables WHERE tablename = '__EFMigrationsHistory'")).Count == 0) await Task.Yield();
        killed.Kill();
        await killed.EndAsync();

        Assert.Equal(0, (await PortalProcess.RunAsync(["seed"], data.Variables)).Code);
        await data.AssertSeededOnceAsync();
    }

    [Fact]
    public async Task A_process_that_serves_leaves_the_schema_to_the_command()
    {
        Assert.Contains("Lancez d’abord la commande migrate.", (await PortalProcess.RunAsync(["serve"], data.Variables)).Refusal(), StringComparison.Ordinal);
        Assert.Equal(0, (await PortalProcess.RunAsync(["migrate"], data.Variables)).Code);

        await using var portal = PortalProcess.Start(["serve", "--urls=http://127.0.0.1:0"], data.Variables);
        using var visitor = new HttpClient { BaseAddress = await portal.AddressAsync() };
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task A_database_that_is_not_there_or_holds_something_else_is_told()
    {
        var elsewhere = new UriBuilder(data.DatabaseUrl) { Path = "/ailleurs" };
        Assert.Contains("n’a pas de base « ailleurs »", (await RunAsync(elsewhere.ToString())).Refusal(), StringComparison.Ordinal);

        await data.ExecuteAsync("""CREATE TABLE "Courses" ("Nom" text)""");
        Assert.Contains("n’est pas celle du portail", (await RunAsync(data.DatabaseUrl)).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_the_rights_is_told_and_so_is_one_that_is_unknown()
    {
        await data.ExecuteAsync($"CREATE USER {Visitor}; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var visitor = new UriBuilder(data.DatabaseUrl) { UserName = Visitor };
        Assert.Contains($"L’utilisateur « {Visitor} » n’a pas les droits", (await RunAsync(visitor.ToString())).Refusal(), StringComparison.Ordinal);
        await data.ExecuteAsync($"DROP USER {Visitor}");

        var unknown = new UriBuilder(data.DatabaseUrl) { UserName = "inconnue", Password = "secret" };
        var refusal = (await RunAsync(unknown.ToString())).Refusal();
        Assert.Contains("« inconnue »", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_some_time_and_then_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var ending = await PortalProcess.RunAsync(["migrate"], [$"DATABASE_URL=postgres://ada:secret@127.0.0.1:{port}/portail", "Data__BusySeconds=1"]);

        var refusal = ending.Refusal();
        Assert.StartsWith($"Le serveur PostgreSQL 127.0.0.1:{port} ne répond pas", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal + ending.Output, StringComparison.Ordinal);
        Assert.Contains("The database does not answer yet", ending.Output, StringComparison.Ordinal);
    }

    static string Visitor { get; } = "visiteur_" + Guid.NewGuid().ToString("n")[..8];

    static Task<Ending> RunAsync(string url) => PortalProcess.RunAsync(["migrate"], [$"DATABASE_URL={url}"]);
}
