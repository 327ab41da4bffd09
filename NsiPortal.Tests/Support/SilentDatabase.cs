using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Support;

/// <summary>Makes a portal's database silent for the poll of its outbox, and lets it answer again; the portal's clock stands still otherwise.</summary>
public sealed class SilentDatabase
{
    readonly ManualTime time = new();

    public void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Licence>();

    public async Task FallSilentAsync(PortalHost host)
    {
        await host.Data.ExecuteAsync("""ALTER TABLE "CacheInvalidation" RENAME TO "Muette" """);
        time.Advance(Licence.Length);
        while (!Of(host).DatabaseSilent) await Task.Yield();
    }

    public async Task AnswerAsync(PortalHost host)
    {
        await host.Data.ExecuteAsync("""ALTER TABLE "Muette" RENAME TO "CacheInvalidation" """);
        while (!Of(host).Held) await Task.Yield();
    }

    static Licence Of(PortalHost host) => host.Services.GetRequiredService<Licence>();
}
