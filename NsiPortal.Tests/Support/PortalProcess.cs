using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NsiPortal.Support;

/// <summary>The portal as its operator runs it: a process, with arguments, environment, two outputs and an exit code.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Process process;
    readonly Task<string> errors;
    readonly List<string> output = [];
    bool disposed;

    PortalProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program that the build left beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "NsiPortal.dll");

    /// <param name="arguments">The command line after <c>NsiPortal</c>.</param>
    /// <param name="environment">Variables as « NAME=value ».</param>
    public static PortalProcess Start(string[] arguments, params string[] environment) => Start("dotnet", [Program, .. arguments], environment);

    /// <summary>Starts a program that ends up being the portal.</summary>
    public static PortalProcess Start(string program, string[] arguments, string[] environment, string? workingFolder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        // What the tests are run with says nothing about the portal.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList()) start.Environment.Remove(name);
        foreach (var variable in environment)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            start.Environment[variable[..equals]] = variable[(equals + 1)..];
        }

        return new PortalProcess(Process.Start(start)!);
    }

    static bool IsSetting(string name) =>
        name is "PORT" or "PORTAL_DATA" or "DATABASE_URL" or "REDIS_URL" || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("RAILWAY_", StringComparison.Ordinal);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ending> RunAsync(string[] arguments, params string[] environment)
    {
        await using var portal = Start(arguments, environment);
        return await portal.EndAsync();
    }

    /// <summary>Reads standard output until the line that says where the portal listens.</summary>
    public async Task<Uri> AddressAsync()
    {
        const string said = "NSI Portal vous attend sur ";
        var line = await SaysAsync(said);
        return new Uri(line[(line.IndexOf(said, StringComparison.Ordinal) + said.Length)..]);
    }

    /// <summary>Reads standard output until a line that holds <paramref name="text"/>.</summary>
    public async Task<string> SaysAsync(string text) =>
        await SaysOrEndsAsync(text) ?? throw new InvalidOperationException($"It ended without saying « {text} »: {await errors}");

    /// <summary>The same; null when it ended without saying so.</summary>
    public async Task<string?> SaysOrEndsAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            output.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        return null;
    }

    /// <summary>Asks politely, as a terminal, Docker and Railway do.</summary>
    public void Terminate() => Signal(15);

    public void Kill() => Signal(9);

    /// <summary>Stops it where it is, until it is thawed.</summary>
    public void Freeze() => Signal(19);

    public void Thaw() => Signal(18);

    /// <summary>When the process is no more.</summary>
    public Task GoneAsync() => process.WaitForExitAsync();

    public async Task<Ending> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var rest = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new Ending(process.ExitCode, string.Join('\n', output.Append(rest)), await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true)) return;
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    void Signal(int number) => Assert.Equal(0, Send(process.Id, number));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Send(int processId, int signal);
}

/// <summary>How a command ended.</summary>
public sealed record Ending(int Code, string Output, string Errors)
{
    /// <summary>The one line on standard error, without a stack trace anywhere.</summary>
    public string Refusal()
    {
        Assert.Equal(2, Code);
        Assert.DoesNotContain("   at ", Output + Errors, StringComparison.Ordinal);
        return Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
