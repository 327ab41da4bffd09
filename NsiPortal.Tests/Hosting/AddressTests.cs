using System.Net;
using System.Net.Sockets;
using System.Text;
using NsiPortal.Support;

namespace NsiPortal.Hosting;

/// <summary>One address per page; everything else leads to it, or nowhere.</summary>
public sealed class AddressTests(AddressTests.Demo demo) : IClassFixture<AddressTests.Demo>
{
    [Theory]
    [InlineData("/COURS", "/cours")]
    [InlineData("/cours/", "/cours")]
    [InlineData("/Cours/Bases-de-Donnees-et-SQL/", "/cours/bases-de-donnees-et-sql")]
    [InlineData("/cours?Utm=X/Y//", null)]
    [InlineData("/COURS?niveau=Terminale&page=2", "/cours?niveau=Terminale&page=2")]
    [InlineData("//cours", "/cours")]
    [InlineData("/cours//bases-de-donnees-et-sql///jointures", "/cours/bases-de-donnees-et-sql/jointures")]
    [InlineData("/Sitemap.XML", "/sitemap.xml")]
    [InlineData("/", null)]
    [InlineData("/cours", null)]
    public async Task Other_spellings_lead_to_the_one_address(string asked, string? canonical)
    {
        var (status, location) = await AskRawAsync(asked);
        Assert.Equal(canonical is null ? 200 : 301, status);
        Assert.Equal(canonical, location);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("//evil.example/")]
    [InlineData("//evil.example/cours/")]
    [InlineData("///evil.example/COURS")]
    [InlineData("////evil.example")]
    [InlineData("/\\evil.example/cours/")]
    [InlineData("/\\\\evil.example//cours/")]
    [InlineData("//\\evil.example//COURS/")]
    [InlineData("/%5Cevil.example//cours/")]
    [InlineData("/%2F%2Fevil.example//cours/")]
    [InlineData("//%2Fevil.example/cours/")]
    [InlineData("/%09//evil.example/")]
    [InlineData("//evil.example/%2e%2e")]
    [InlineData("/cours/..//evil.example/")]
    [InlineData("http://evil.example//cours/")]
    public async Task No_spelling_leads_to_another_site(string asked)
    {
        for (var (hops, next) = (0, (string?)asked); next is not null; hops++)
        {
            Assert.InRange(hops, 0, 3);
            var (status, location) = await AskRawAsync(next);
            Assert.InRange(status, 200, 404);
            if (location is not null)
            {
                Assert.Matches("^/([^/\\\\]|$)", location);
                Assert.Equal("localhost", new Uri(new Uri("http://localhost/x/y"), location).Host);
            }

            next = location;
        }
    }

    [Fact]
    public async Task Only_reading_is_redirected()
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/COURS");
        using var visitor = demo.Host.CreateClient();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Answer.FromAsync(await visitor.SendAsync(message))).Status);
    }

    /// <summary>Sends the target as it stands, which an <see cref="HttpClient"/> would tidy up.</summary>
    async Task<(int Status, string? Location)> AskRawAsync(string target)
    {
        var address = new Uri(demo.Host.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        var lines = (await new StreamReader(stream).ReadToEndAsync()).Split("\r\n\r\n")[0].Split("\r\n");
        const string name = "Location: ";
        var location = Array.Find(lines, line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..];
        return (int.Parse(lines[0].Split(' ')[1]), location);
    }

    public sealed class Demo : IAsyncLifetime
    {
        public PortalHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(withDemo: true);

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
