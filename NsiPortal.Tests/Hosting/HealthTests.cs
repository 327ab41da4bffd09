using System.Net;
using NsiPortal.Support;

namespace NsiPortal.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task Railway_s_probe_is_answered_over_plain_http_without_detour()
    {
        await using var host = await PortalHost.StartAsync(settings: ["--environment=Production", "--RAILWAY_ENVIRONMENT_NAME=production"]);
        using var probe = host.CreateClient();
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            var answer = await probe.AskAsync(path, "Host: healthcheck.railway.app");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.StartsWith("Healthy", answer.Text, StringComparison.Ordinal);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lost_database_is_told_while_the_process_lives()
    {
        await using var host = await PortalHost.StartAsync();
        using var probe = host.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await probe.AskAsync("/health/ready")).Status);

        if (TempFolder.IsPostgres) PostgresServer.Open(host.Data.DatabaseUrl, open: false);
        else File.Delete(host.Data["portal.db"]);

        var ready = await probe.AskAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal("Unhealthy\ndatabase: Unhealthy\n", ready.Text);
        Assert.Equal(HttpStatusCode.OK, (await probe.AskAsync("/health/live")).Status);
    }
}
