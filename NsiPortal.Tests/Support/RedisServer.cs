using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace NsiPortal.Support;

/// <summary>A Redis of one test, on a free port and a folder of its own. It can be frozen, killed and started again at the same address.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nsi-portal-redis-");
    string[] settings;
    Process wrapper = null!;
    int processId;

    RedisServer(string[] settings) => this.settings = settings;

    public int Port { get; } = FreePort();

    public string Folder => folder.FullName;

    public string Url => $"redis://127.0.0.1:{Port}/0";

    /// <param name="settings">As on the command line of the server: <c>--maxmemory 1mb</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>One that speaks TLS and nothing else.</summary>
    public static async Task<RedisServer> StartTlsAsync(string certificate, string key)
    {
        var server = new RedisServer([]);
        server.settings = ["--port", "0", "--tls-port", $"{server.Port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Another server, which follows this one.</summary>
    /// <param name="way">Where it reaches this one.</param>
    public async Task<RedisServer> CopyAsync(Uri way)
    {
        await AskAsync("CONFIG SET repl-diskless-sync-delay 0");
        var copy = await StartAsync();
        await copy.AskAsync($"REPLICAOF {way.Host} {way.Port}");
        for (var waiting = Stopwatch.StartNew(); !(await copy.AskAsync("INFO replication")).Contains("master_link_status:up", StringComparison.Ordinal); await Task.Delay(20))
            if (waiting.Elapsed > Patience) throw new TimeoutException("The copy does not follow.");
        return copy;
    }

    /// <summary>Starts it after <see cref="KillAsync"/>, with what it left in its folder.</summary>
    public async Task StartAgainAsync()
    {
        // It ends with its standard input, and so with the tests however they end.
        var start = new ProcessStartInfo("bash", ["-c", """exec 2>/dev/null; redis-server "$@" >"$0/log" 2>&1 & echo $!; read; kill -9 $!; wait $!""", Folder,
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--save", "", .. settings])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        wrapper = Process.Start(start)!;
        processId = int.Parse((await wrapper.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        for (var waiting = Stopwatch.StartNew(); ;)
        {
            try
            {
                // Whatever it says, it listens; unless it says that it is not ready.
                if (!(await AskAsync("PING")).StartsWith("-LOADING", StringComparison.Ordinal)) return;
            }
            catch (IOException)
            {
                // TLS is what it speaks.
                return;
            }
            catch (SocketException) when (waiting.Elapsed < Patience && !wrapper.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    /// <summary>Sends an inline command on a connection of its own, as an operator does.</summary>
    /// <returns>What came back first, as the server wrote it.</returns>
    public async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        var buffer = new byte[64 * 1024];
        var read = await client.GetStream().ReadAsync(buffer);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    /// <summary>It neither answers nor closes anything, until it is thawed.</summary>
    public void Freeze() => Signal(19);

    public void Thaw() => Signal(18);

    public async Task KillAsync()
    {
        Signal(9);
        wrapper.StandardInput.Close();
        await wrapper.WaitForExitAsync();
        wrapper.Dispose();
    }

    /// <summary>Loses what it saved.</summary>
    public void Forget() => File.Delete(Path.Combine(Folder, "dump.rdb"));

    public async ValueTask DisposeAsync()
    {
        Thaw();
        await KillAsync();
        folder.Delete(recursive: true);
    }

    void Signal(int number) => _ = Send(processId, number);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Send(int processId, int signal);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
