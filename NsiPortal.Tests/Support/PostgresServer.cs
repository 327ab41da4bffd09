using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NsiPortal.Support;

/// <summary>A PostgreSQL server of the tests' own: started by the first that needs it, on a free port and an empty folder, stopped when they end.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    static readonly Lazy<PostgresServer> Started = new(() => new PostgresServer(start: true));

    readonly DirectoryInfo? folder;
    readonly Process? process;
    readonly int port;

    /// <summary>Whether its programs are on this machine.</summary>
    public static bool IsInstalled => File.Exists(Program("initdb"))
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>Whether commits reach the disk. Nobody keeps the data of tests; who measures says so before the first database.</summary>
    public static bool Durable { get; set; }

    /// <summary>The fixture, which starts nothing and stops what was started.</summary>
    public PostgresServer() { }

    PostgresServer(bool start)
    {
        folder = Directory.CreateTempSubdirectory("nsi-portal-postgres-");
        port = FreePort();
        var data = Path.Combine(folder.FullName, "data");
        if (start && Environment.IsPrivilegedProcess) Run("chown", "postgres", folder.FullName);
        Run(As("postgres", Program("initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8"));

        // It ends with its standard input, and so with the tests however they end.
        var command = As("postgres", "bash", "-c",
            $"'{Program("postgres")}' -D '{data}' -p {port} -k '{folder.FullName}' -c listen_addresses=127.0.0.1 -c max_connections=500 -c fsync={(Durable ? "on" : "off")} >'{folder.FullName}/log' 2>&1 & read; kill -INT $!; wait $!");
        process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = folder.FullName })!;
        WaitUntilReady();
    }

    /// <summary>Makes an empty database and gives its address, as <c>DATABASE_URL</c> has it.</summary>
    public static string CreateDatabase()
    {
        var name = "portal_" + Guid.NewGuid().ToString("n")[..12];
        Started.Value.Execute($"CREATE DATABASE {name}");
        return $"postgres://postgres@127.0.0.1:{Started.Value.port}/{name}";
    }

    public static void DropDatabase(string url) => Started.Value.Execute($"DROP DATABASE {NameOf(url)} WITH (FORCE)");

    /// <summary>Ends every connection, except one, and lets nobody in, or lets everybody in again.</summary>
    public static void Open(string url, bool open, NpgsqlConnection? except = null)
    {
        Started.Value.Execute($"ALTER DATABASE {NameOf(url)} WITH ALLOW_CONNECTIONS {open}");
        if (!open) Started.Value.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameOf(url)}' AND pid <> {except?.ProcessID ?? 0}");
    }

    /// <summary>A connection as another program has it.</summary>
    public static async Task<NpgsqlConnection> ConnectAsync(string url)
    {
        var connection = new NpgsqlConnection(Started.Value.ConnectionString(NameOf(url)));
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        // The fixture that xunit made stands for the server that the tests started.
        if (process is null)
        {
            if (Started.IsValueCreated) await Started.Value.DisposeAsync();
            return;
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        folder!.Delete(recursive: true);
    }

    static string NameOf(string url) => new Uri(url).AbsolutePath[1..];

    string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Pooling=false;Timeout=5";

    void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    void WaitUntilReady()
    {
        for (var start = Stopwatch.StartNew(); ;)
        {
            try
            {
                Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (start.Elapsed < TimeSpan.FromMinutes(1) && !process!.HasExited)
            {
                Thread.Sleep(20);
            }
        }
    }

    // The server refuses to run as root.
    static string[] As(string user, params string[] command) => Environment.IsPrivilegedProcess ? ["runuser", "-u", user, "--", .. command] : command;

    /// <summary>Debian keeps the programs of the server in a folder of their version, out of the path.</summary>
    static string Program(string name) => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", name)).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault(name)
        : name;

    static void Run(params string[] command)
    {
        using var run = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = run.StandardError.ReadToEndAsync();
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {said.Result}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
