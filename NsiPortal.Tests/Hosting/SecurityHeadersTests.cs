using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Support;

namespace NsiPortal.Hosting;

/// <summary>What every answer carries, whoever makes it.</summary>
public sealed class SecurityHeadersTests
{
    static readonly string[] Names =
        ["X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"];

    [Fact]
    public async Task Every_answer_carries_them_pages_files_errors_and_redirects()
    {
        await using var host = await PortalHost.StartAsync(withDemo: true);
        host.Probe.Render = _ => throw new InvalidOperationException("essai");
        using var visitor = host.CreateClient();
        var answers = new (string Path, HttpStatusCode Status)[]
        {
            ("/", HttpStatusCode.OK),
            ("/cours", HttpStatusCode.OK),
            ("/cours/bases-de-donnees-et-sql/jointures", HttpStatusCode.OK),
            ("/cours/bases-de-donnees-et-sql/fichiers/schema-bibliotheque.svg", HttpStatusCode.OK),
            ("/css/base.css", HttpStatusCode.OK),
            ("/robots.txt", HttpStatusCode.OK),
            ("/health/live", HttpStatusCode.OK),
            ("/COURS", HttpStatusCode.MovedPermanently),
            ("/cours/absent", HttpStatusCode.NotFound),
            ("/absent", HttpStatusCode.NotFound),
            ("/cours?page=%01", HttpStatusCode.BadRequest),
            ("/essai/vif", HttpStatusCode.InternalServerError),
            ("/essai/partage", HttpStatusCode.InternalServerError),
        };
        foreach (var (path, status) in answers)
        {
            // A miss, then a hit where the page is cached.
            for (var i = 0; i < 2; i++)
            {
                var answer = await visitor.AskAsync(path);
                Assert.Equal((path, status), (path, answer.Status));
                Assert.All(Names, name => Assert.True(answer.Header(name) is { Length: > 0 }, $"{path} lacks {name}"));
                var policy = answer.Header("Content-Security-Policy");
                Assert.NotNull(policy);
                if (path.Contains("/fichiers/", StringComparison.Ordinal)) continue;
                Assert.StartsWith("default-src 'self'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            }

            Assert.Null((await visitor.AskAsync(path)).Header("Server"));
        }
    }

    [Fact]
    public async Task An_uploaded_file_may_draw_and_nothing_else_on_a_miss_and_on_a_hit()
    {
        await using var host = await PortalHost.StartAsync(withDemo: true);
        using var visitor = host.CreateClient();
        const string path = "/cours/bases-de-donnees-et-sql/fichiers/schema-bibliotheque.svg";

        var (miss, hit) = (await visitor.AskAsync(path), await visitor.AskAsync(path));

        Assert.True(miss.Stored);
        Assert.True(hit.Hit);
        Assert.All([miss, hit], answer => Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; sandbox", answer.Header("Content-Security-Policy")));
        Assert.Equal("image/svg+xml", hit.Header("Content-Type"));
    }

    [Theory]
    [InlineData("100.64.0.7", "https", true)]
    [InlineData("100.64.0.7", "http", false)]
    [InlineData("203.0.113.9", "https", false)]
    public async Task Behind_railway_https_is_what_its_edge_says_and_nobody_else(string remote, string protocol, bool strict)
    {
        await using var host = await PortalHost.StartAsync(adjust: From(remote), settings: ["--environment=Production", "--RAILWAY_ENVIRONMENT_NAME=production"]);
        host.Probe.Render = http => Task.FromResult($"{http.Request.Scheme} {http.Connection.RemoteIpAddress}");
        using var visitor = host.CreateClient();

        var answer = await visitor.AskAsync("/essai/vif", "Host: nsi.exemple.fr", $"X-Forwarded-Proto: {protocol}", "X-Forwarded-For: 198.51.100.4");

        var trusted = remote.StartsWith("100.64", StringComparison.Ordinal);
        Assert.Equal(trusted ? $"{protocol} 198.51.100.4" : $"http {remote}", answer.Text);
        Assert.Equal(strict, answer.Header("Strict-Transport-Security") is not null);
    }

    [Fact]
    public async Task Elsewhere_than_on_railway_only_named_proxies_are_believed()
    {
        string[] asked = ["Host: nsi.exemple.fr", "X-Forwarded-Proto: https"];
        await using var without = await PortalHost.StartAsync(adjust: From("100.64.0.7"), settings: ["--environment=Production"]);
        await using var with = await PortalHost.StartAsync(adjust: From("100.64.0.7"), settings: ["--environment=Production", "--Portal:TrustedProxies=192.168.0.0/16, 100.64.0.0/10"]);
        using var unbelieving = without.CreateClient();
        using var believing = with.CreateClient();
        Assert.Null((await unbelieving.AskAsync("/", asked)).Header("Strict-Transport-Security"));
        Assert.NotNull((await believing.AskAsync("/", asked)).Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_laptop_is_never_told_to_use_https()
    {
        await using var host = await PortalHost.StartAsync(adjust: From("100.64.0.7"), settings: "--RAILWAY_ENVIRONMENT_NAME=production");
        using var visitor = host.CreateClient();
        Assert.Null((await visitor.AskAsync("/", "Host: nsi.exemple.fr", "X-Forwarded-Proto: https")).Header("Strict-Transport-Security"));
    }

    /// <summary>Every request comes from this address.</summary>
    static Action<WebApplicationBuilder> From(string remote) => builder => builder.Services.AddSingleton<IStartupFilter>(new Remote(IPAddress.Parse(remote)));

    sealed class Remote(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = address;
                return rest(http);
            });
            next(app);
        };
    }
}
