using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace NsiPortal.Data.Postgres;

/// <summary>The lock is an advisory one of the server, which ends with the connection that holds it.</summary>
sealed class PostgresStart(
    IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource server, IOptions<DataOptions> options, TimeProvider time, ILogger<PostgresStart> log)
    : DatabaseStart(contexts, time)
{
    /// <summary>Any number will do that other programs on the same database do not use: « NSI portal ».</summary>
    const long LockKey = 0x4E53_4970_6F72_7461;

    /// <summary>The first version with 64-bit transaction ids, by which the outbox knows what is new.</summary>
    static readonly Version Oldest = new(13, 0);

    readonly TimeProvider time = time;

    // Replicas of two versions serve side by side while one replaces the other: who changes the schema, and when, is the operator's choice.
    public override bool MigratesWhenServing => false;

    protected override async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        try
        {
            if (connection.PostgreSqlVersion < Oldest)
                throw new DatabaseUnusableException($"Le serveur de la base est un PostgreSQL {connection.PostgreSqlVersion} : il en faut un {Oldest.Major} ou plus récent.", null);
            await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
            return await WaitAsync(async () => (bool)(await command.ExecuteScalarAsync(cancellationToken))! ? new Held(connection) : null,
                "pg_advisory_lock", log, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that starts at the same time as the portal is given the time it takes.</summary>
    async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await server.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException fault) when (MayPass(fault) && time.GetElapsedTime(start) < TimeSpan.FromSeconds(options.Value.BusySeconds))
            {
                if (tries == 0) log.LogInformation("The database does not answer yet: trying for {Seconds} s", options.Value.BusySeconds);
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken);
            }
        }
    }

    static bool MayPass(NpgsqlException fault) => fault is not PostgresException refused || refused.SqlState == PostgresErrorCodes.CannotConnectNow;

    protected override Task OpenAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        // A migration of a large table takes longer than a page may.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        return Task.CompletedTask;
    }

    protected override string? Explain(Exception fault)
    {
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var (where, name, user) = ($"{address.Host}:{address.Port}", address.Database, address.Username);
        var chain = Enumerable.Range(0, 4).Aggregate(new List<Exception?> { fault }, (list, _) => [.. list, list[^1]?.InnerException]);
        if (chain.OfType<PostgresException>().FirstOrDefault() is { } refused)
        {
            return refused.SqlState switch
            {
                PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                    $"Le serveur PostgreSQL {where} refuse l’utilisateur « {user} » ou son mot de passe. Vérifiez DATABASE_URL.",
                PostgresErrorCodes.InvalidCatalogName => $"Le serveur PostgreSQL {where} n’a pas de base « {name} ». Créez-la, ou corrigez DATABASE_URL.",
                PostgresErrorCodes.InsufficientPrivilege => $"L’utilisateur « {user} » n’a pas les droits qu’il faut sur la base « {name} » : {refused.MessageText}.",
                PostgresErrorCodes.TooManyConnections => $"Le serveur PostgreSQL {where} n’a plus de connexion libre. Baissez Data:MaximumConnections, ou relevez sa limite.",
                PostgresErrorCodes.ReadOnlySqlTransaction => $"La base « {name} » de {where} est en lecture seule : est-ce une copie ? Donnez l’adresse du serveur principal.",
                PostgresErrorCodes.DiskFull => $"Le disque du serveur PostgreSQL {where} est plein.",
                PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
                    $"La base « {name} » de {where} n’est pas celle du portail, ou il y manque une partie ({refused.MessageText}).",
                PostgresErrorCodes.CannotConnectNow => $"Le serveur PostgreSQL {where} démarre encore. Réessayez dans un instant.",
                _ => null,
            };
        }

        return chain.OfType<NpgsqlException>().Any() ? $"Le serveur PostgreSQL {where} ne répond pas comme il faut : {chain.OfType<Exception>().Last().Message}. Vérifiez DATABASE_URL et le réseau." : null;
    }

    sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // Its own way back to the pool would keep the lock.
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({LockKey})", connection);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // The connection has ended, and the lock with it.
            }

            await connection.DisposeAsync();
        }
    }
}
