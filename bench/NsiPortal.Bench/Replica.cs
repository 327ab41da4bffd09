using System.Diagnostics;

namespace NsiPortal.Bench;

/// <summary>The portal as its operator runs it, in a process of its own.</summary>
sealed class Replica : IAsyncDisposable
{
    const string Said = "NSI Portal vous attend sur ";

    readonly Process process;

    Replica(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="settings">As on its command line.</param>
    public static async Task<Replica> StartAsync(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NsiPortal.dll"), "serve", "--urls=http://127.0.0.1:0", "--environment=Development", .. settings])
        {
            UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath(),
        };
        var started = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Said, StringComparison.Ordinal) is not (>= 0 and var at)) continue;
            // What it says later is read, so that it never waits for a reader.
            _ = started.StandardOutput.ReadToEndAsync();
            return new Replica(started, new Uri(line[(at + Said.Length)..]));
        }

        throw new InvalidOperationException("The portal ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
