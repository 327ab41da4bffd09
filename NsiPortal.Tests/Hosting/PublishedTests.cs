using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using NsiPortal.Support;

namespace NsiPortal.Hosting;

/// <summary>What is deployed: the steps of the Dockerfile, run outside a container, and the promises of railway.json.</summary>
public sealed partial class PublishedTests
{
    static readonly string Dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"));

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task What_is_published_serves_from_an_empty_folder_as_anybody_until_sigterm()
    {
        await using var folder = new TempFolder();
        await PublishAsync(folder["app"]);
        Directory.CreateDirectory(folder["empty"]);
        Directory.CreateDirectory(folder["data"]);
        Directory.CreateDirectory(folder["home"]);
        var port = FreePort();

        // As a container does: from another folder, nothing but PORT and PORTAL_DATA, and not as root where there is a choice.
        var (program, arguments) = await AsAnybodyAsync(folder, ["dotnet", Path.Combine(folder["app"], "NsiPortal.dll"), "serve"]);
        await using var portal = PortalProcess.Start(program, arguments,
            [$"PORT={port}", $"PORTAL_DATA={folder["data"]}", $"HOME={folder["home"]}"], workingFolder: folder["empty"]);
        Assert.Equal(port, (await portal.AddressAsync()).Port);

        using var visitor = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var home = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        var style = Stylesheet().Match(await home.Content.ReadAsStringAsync()).Groups["path"].Value;
        foreach (var path in new[] { style, "/css/base.css", "/health/ready" })
        {
            var answer = await visitor.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.True(File.Exists(Path.Combine(folder["data"], "portal.db")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["empty"]));
        portal.Terminate();
        Assert.Equal((0, ""), await EndingAsync(portal));
    }

    [Theory]
    // Never two processes on the one volume.
    [InlineData("railway.json", 1, 1, 0)]
    [InlineData("docs/railway.postgresql.json", 2, 20, 20)]
    public void Railway_and_the_image_agree(string file, int fewest, int most, int overlap)
    {
        using var railway = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)));
        var (build, deploy) = (railway.RootElement.GetProperty("build"), railway.RootElement.GetProperty("deploy"));
        Assert.Equal("DOCKERFILE", build.GetProperty("builder").GetString());
        Assert.True(File.Exists(Path.Combine(Repository.Root, build.GetProperty("dockerfilePath").GetString()!)));
        // Numbers, not texts, which fail the deployment.
        Assert.All(["numReplicas", "healthcheckTimeout", "restartPolicyMaxRetries", "overlapSeconds", "drainingSeconds"],
            (string name) => Assert.Equal(JsonValueKind.Number, deploy.GetProperty(name).ValueKind));
        // Longer than the host waits for requests under way (30 s).
        Assert.InRange(deploy.GetProperty("drainingSeconds").GetInt32(), 31, 120);
        Assert.InRange(deploy.GetProperty("numReplicas").GetInt32(), fewest, most);
        Assert.Equal(overlap, deploy.GetProperty("overlapSeconds").GetInt32());
        // Several replicas leave the schema to the command; one on a volume, which the command does not see, does it itself.
        Assert.Equal(most > 1, deploy.TryGetProperty("preDeployCommand", out var command));
        if (most > 1) Assert.Equal("dotnet NsiPortal.dll migrate", command[0].GetString());
    }

    [Fact]
    public async Task Railway_asks_for_health_where_it_is_told()
    {
        using var railway = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "railway.json")));
        await using var host = await PortalHost.StartAsync(settings: "--environment=Production");
        using var probe = host.CreateClient();
        var path = railway.RootElement.GetProperty("deploy").GetProperty("healthcheckPath").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await probe.AskAsync(path, "Host: healthcheck.railway.app")).Status);
    }

    [Fact]
    public void The_image_runs_the_portal_itself_as_a_user_without_rights()
    {
        var last = Dockerfile[Dockerfile.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];
        Assert.Contains("\nENTRYPOINT [\"dotnet\", \"NsiPortal.dll\"]\n", last, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^USER \$APP_UID$", last);
        Assert.Matches("(?m)^ENV .*PORT=.*PORTAL_DATA=/data$", last);
        // Railway refuses to build an image that declares its volumes.
        Assert.DoesNotMatch("(?m)^VOLUME", Dockerfile);
        Assert.Contains("dotnet publish NsiPortal -c Release", Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_the_image_copies_is_let_in()
    {
        var letIn = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToHashSet();
        var copied = CopyLine().Matches(Dockerfile).SelectMany(copy => copy.Groups["sources"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Contains("package-lock.json", copied);
        Assert.All(copied, source =>
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), source);
            Assert.Contains(source.Split('/')[0], letIn);
        });
    }

    static async Task PublishAsync(string output)
    {
#if DEBUG
        const string configuration = "Debug";
#else
        const string configuration = "Release";
#endif
        var start = new ProcessStartInfo("dotnet", ["publish", "NsiPortal", "-c", configuration, "--no-build", "-o", output, "-v", "q", "--nologo", "--disable-build-servers"])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
    }

    /// <summary>The command line itself, or, as root, the same as nobody, who owns only the data.</summary>
    static async Task<(string Program, string[] Arguments)> AsAnybodyAsync(TempFolder folder, string[] command)
    {
        if (!Environment.IsPrivilegedProcess) return (command[0], command[1..]);
        string[] nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];
        // A runtime that was installed in root's own folder is out of anybody's reach.
        if (await RunAsync("setpriv", [.. nobody, .. command[..1], "--list-runtimes"]) != 0) return (command[0], command[1..]);
        // The portal reads what it is, and writes its data only.
        Assert.Equal(0, await RunAsync("bash", ["-c", $"chmod 755 '{folder.Path}' && chown -R 65534:65534 '{folder["data"]}' '{folder["home"]}'"]));
        return ("setpriv", [.. nobody, .. command]);
    }

    static async Task<int> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    static async Task<(int, string)> EndingAsync(PortalProcess portal)
    {
        var ending = await portal.EndAsync();
        return (ending.Code, ending.Errors);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("<link[^>]* href=\"(?<path>/css/[^\"]+)\"")]
    private static partial Regex Stylesheet();

    [GeneratedRegex("^COPY (?!--from)(?<sources>.+) \\S+$", RegexOptions.Multiline)]
    private static partial Regex CopyLine();
}
