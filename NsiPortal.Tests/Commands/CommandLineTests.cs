using System.Net;
using System.Net.Sockets;
using System.Text;
using NsiPortal.Content;
using NsiPortal.Support;

namespace NsiPortal.Commands;

public sealed class CommandLineTests : IAsyncDisposable
{
    readonly TempFolder data = new();

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Theory]
    [InlineData("Utilisation", "--help")]
    [InlineData("serve", "--help")]
    [InlineData("migrate", "--help")]
    [InlineData("seed", "--help")]
    [InlineData("Sert le portail", "serve", "--help")]
    [InlineData("au schéma de cette version", "migrate", "--help")]
    [InlineData("contenu de démonstration", "seed", "--help")]
    [InlineData("evict <TAG>", "cache", "--help")]
    [InlineData("Compte, par processus", "cache", "stats", "--help")]
    [InlineData("MOTIF", "cache", "keys", "--help")]
    [InlineData("course:N", "cache", "evict", "--help")]
    [InlineData("oublier toutes les pages", "cache", "clear", "--help")]
    public async Task Every_command_explains_itself_without_touching_the_data(string said, params string[] arguments)
    {
        var ending = await RunAsync(arguments);
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.Contains(said, ending.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task Seeding_loads_the_demo_once()
    {
        var (first, second) = (await RunAsync(["seed"]), await RunAsync(["seed"]));
        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Contains($"{DemoCourse.Names.Count} cours chargé(s).\n", first.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (second.Code, second.Errors));
        Assert.Contains("La base contient déjà des cours : rien n’a été chargé.\n", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_serves_the_demo_and_says_where()
    {
        await data.MigrateAsync();
        await using var portal = PortalProcess.Start(["--urls=http://127.0.0.1:0"], [.. data.Variables, "ASPNETCORE_ENVIRONMENT=Development"]);
        using var visitor = new HttpClient { BaseAddress = await portal.AddressAsync() };
        Assert.Contains("/cours/bases-de-donnees-et-sql", await visitor.GetStringAsync("/cours"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_serves_the_port_it_is_given_on_both_families_without_demo_until_sigterm()
    {
        await data.MigrateAsync();
        var port = FreePort();
        await using var portal = PortalProcess.Start(["serve"], [.. data.Variables, $"PORT={port}"]);
        await portal.AddressAsync();
        using var visitor = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"http://127.0.0.1:{port}/health/live")).StatusCode);
        // A machine without IPv6 is served on what it has.
        if (Socket.OSSupportsIPv6) Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"http://[::1]:{port}/health/live")).StatusCode);
        Assert.DoesNotContain("/cours/bases-de-donnees-et-sql", await visitor.GetStringAsync($"http://127.0.0.1:{port}/cours"), StringComparison.Ordinal);

        portal.Terminate();
        Assert.Equal(0, (await portal.EndAsync()).Code);
    }

    [Fact]
    public async Task A_request_under_way_is_finished_after_sigterm()
    {
        await data.MigrateAsync();
        await using var portal = PortalProcess.Start(["serve", "--urls=http://127.0.0.1:0"], [.. data.Variables, "ASPNETCORE_ENVIRONMENT=Development"]);
        var address = await portal.AddressAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();

        // « 100 Continue » says that the request is inside, where a token is looked for in its body.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /connexion HTTP/1.1\r\nHost: {address.Authority}\r\nExpect: 100-continue\r\nCookie: formulaire=x\r\n" +
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n"));
        var line = new byte[256];
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(line, 0, await stream.ReadAsync(line)), StringComparison.Ordinal);

        portal.Terminate();
        await RefusesNewConnectionsAsync(address);
        await stream.WriteAsync("a=1"u8.ToArray());

        var answer = await new StreamReader(stream).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("</html>", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await portal.EndAsync()).Code);
    }

    static async Task RefusesNewConnectionsAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            while (true)
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(address.Host, address.Port, patience.Token);
            }
        }
        catch (SocketException refused)
        {
            // Reset: it was in the queue when the door closed.
            Assert.Contains(refused.SocketErrorCode, new[] { SocketError.ConnectionRefused, SocketError.ConnectionReset });
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        if (Socket.OSSupportsIPv6) listener.Server.DualMode = true;
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    Task<Ending> RunAsync(string[] arguments) => PortalProcess.RunAsync(arguments, data.Variables);
}
