using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;

namespace NsiPortal.Support;

/// <summary>A folder of its own for one test, and the portal's database in it: a SQLite file, or one on the tests' own PostgreSQL when they are run for that.</summary>
public sealed class TempFolder : IAsyncDisposable
{
    /// <summary>Which database the tests are run for: <c>PORTAL_TEST_DATABASE=postgres</c>, or SQLite.</summary>
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("PORTAL_TEST_DATABASE") == "postgres";

    /// <summary>Tests start several portals at once on a machine of two cores: how long one waits for its database there says nothing. Tests of that wait set it themselves.</summary>
    const string Patience = "Data__BusySeconds=60";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nsi-portal-");
    readonly Lazy<string> url = new(PostgresServer.CreateDatabase);
    WebApplication? app;

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string DatabaseUrl => url.Value;

    /// <summary>The Redis that portals share; null for none.</summary>
    public string? RedisUrl { get; init; }

    /// <summary>The variables by which a portal finds the folder, the database and Redis.</summary>
    public string[] Variables =>
        [$"PORTAL_DATA={Path}", Patience, .. IsPostgres ? [$"DATABASE_URL={DatabaseUrl}"] : Array.Empty<string>(), .. RedisUrl is null ? Array.Empty<string>() : [$"REDIS_URL={RedisUrl}"]];

    /// <summary>The same as settings of the command line.</summary>
    public string[] Settings => [.. Variables.Select(variable => "--" + variable.Replace("__", ":", StringComparison.Ordinal))];

    /// <summary>The database as a command opens it.</summary>
    public PortalDbContext OpenDatabase()
    {
        app ??= Program.Build(["--environment=Development", .. Settings]);
        return app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
    }

    /// <summary>The database as another program opens it.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        if (IsPostgres) return await PostgresServer.ConnectAsync(DatabaseUrl);
        var connection = new SqliteConnection($"Data Source={this["portal.db"]};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>What an operator does before the first serving process: nothing where it migrates by itself.</summary>
    public async Task MigrateAsync()
    {
        if (IsPostgres) Assert.Equal(0, (await PortalProcess.RunAsync(["migrate"], Variables)).Code);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (url.IsValueCreated) PostgresServer.DropDatabase(DatabaseUrl);
        folder.Delete(recursive: true);
    }
}

public static class DbConnectionExtensions
{
    public static async Task ExecuteAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, each value as text, <c>NULL</c> for none.</summary>
    public static async Task<List<string[]>> RowsAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!)]);
        return rows;
    }
}
