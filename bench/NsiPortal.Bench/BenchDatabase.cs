using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Commands;
using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>A new database of the portal: a SQLite file, or one on a PostgreSQL server that ends with the benchmark and whose commits reach the disk.</summary>
sealed class BenchDatabase : IAsyncDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nsi-bench-");
    readonly List<WebApplication> portals = [];
    readonly string? url;

    BenchDatabase(bool isPostgres) => url = isPostgres ? PostgresServer.CreateDatabase() : null;

    /// <summary>Measures on each kind of database.</summary>
    /// <param name="measure">Makes as many databases as it needs of the kind it is given.</param>
    /// <returns>The exit code: 0 when every measure was as it must be.</returns>
    public static Task<int> OnBothAsync(Func<Func<BenchDatabase>, Task<bool>> measure) => WithPostgresAsync(async () =>
    {
        var good = await measure(Sqlite);
        return good & await measure(Postgres);
    });

    /// <summary>Measures while there is a PostgreSQL server whose commits reach the disk.</summary>
    /// <param name="measure">Tells whether everything was as it must be.</param>
    /// <returns>The exit code: 0 when it was, 2 when PostgreSQL is not installed.</returns>
    public static async Task<int> WithPostgresAsync(Func<Task<bool>> measure)
    {
        if (!PostgresServer.IsInstalled)
        {
            Console.Error.WriteLine("PostgreSQL is missing. Install it (on Debian or Ubuntu: apt-get install postgresql), then run this again.");
            return 2;
        }

        PostgresServer.Durable = true;
        await using var server = new PostgresServer();
        return await measure() ? 0 : 1;
    }

    public static BenchDatabase Sqlite() => new(isPostgres: false);

    /// <summary>On a server that whoever asks for it stops.</summary>
    public static BenchDatabase Postgres() => new(isPostgres: true);

    public bool IsPostgres => url is not null;

    public string Folder => folder.FullName;

    /// <summary>Where it is, as on the portal's command line.</summary>
    public string[] Settings => url is null ? [$"--PORTAL_DATA={Folder}"] : [$"--PORTAL_DATA={Folder}", $"--DATABASE_URL={url}"];

    /// <summary>A portal on this database, with all its services, which does not serve yet.</summary>
    public WebApplication Build(Action<WebApplicationBuilder>? adjust = null, params string[] settings)
    {
        var portal = Program.Build(["--urls=http://127.0.0.1:0", "--environment=Development", .. Settings, .. settings.Select(setting => "--" + setting)], builder =>
        {
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
        portals.Add(portal);
        return portal;
    }

    /// <summary>The same, once the database has its schema and the demo course.</summary>
    public async Task<WebApplication> PrepareAsync()
    {
        var portal = Build();
        await portal.Services.GetRequiredService<Preparation>().RunAsync(withDemo: true, serving: false, CancellationToken.None);
        return portal;
    }

    /// <summary>The database as another program opens it.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        if (url is not null) return await PostgresServer.ConnectAsync(url);
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "portal.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var portal in portals) await portal.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (url is not null) PostgresServer.DropDatabase(url);
        folder.Delete(recursive: true);
    }
}

static class DbConnectionExtensions
{
    public static async Task ExecuteAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of each row, as text.</summary>
    public static async Task<List<string>> ReadAsync(this DbCommand command, int column = 0)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!);
        return lines;
    }

    public static async Task<string> ReadAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ReadAsync()).Single();
    }
}
