using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Caching.Outbox;
using NsiPortal.Commands;
using NsiPortal.Support;

namespace NsiPortal.Accounts;

/// <summary>What one process protects, all others read, now and after the next start.</summary>
public sealed class DataProtectionKeysTests
{
    [Fact]
    public async Task The_first_key_is_there_before_the_first_request_and_is_not_complained_about()
    {
        using var log = new KeptLog();
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Logging.AddProvider(log));

        Assert.Equal(1, await host.WithDbAsync(db => db.DataProtectionKeys.CountAsync()));
        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning && entry.Category.Contains("DataProtection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_replica_protects_another_reads()
    {
        await using var one = await PortalHost.StartAsync();
        await using var other = await PortalHost.StartAsync(one);

        Assert.Equal("élève 7", Protector(other).Unprotect(Protector(one).Protect("élève 7")));
        Assert.Equal("élève 8", Protector(one).Unprotect(Protector(other).Protect("élève 8")));
    }

    [Fact]
    public async Task Processes_that_prepare_the_database_at_once_make_one_key()
    {
        await using var data = new TempFolder();
        await using var one = PortalHost.Command(data);
        await using var other = PortalHost.Command(data);

        await Task.WhenAll(new[] { one, other }.Select(host => Task.Run(() => host.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: false, default))));

        Assert.Equal(1, await one.WithDbAsync(db => db.DataProtectionKeys.CountAsync()));
        Assert.Equal("jeton", Protector(other).Unprotect(Protector(one).Protect("jeton")));
    }

    [Fact]
    public async Task A_key_that_is_saved_evicts_nothing_and_is_read_by_all()
    {
        await using var one = await PortalHost.StartAsync();
        await using var other = await PortalHost.StartAsync(one);
        var rows = await one.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());

        Keys(one).StoreElement(new XElement("key", new XAttribute("id", "9"), "secret"), "key-9");

        Assert.Equal(rows, await one.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync()));
        Assert.Equal("""<key id="9">secret</key>""", Keys(other).GetAllElements().Last().ToString());
    }

    [Fact]
    public async Task Keys_that_were_read_go_on_while_the_database_does_not_answer()
    {
        using var log = new KeptLog();
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Logging.AddProvider(log));
        var token = Protector(host).Protect("jeton");
        var known = Keys(host).GetAllElements().Select(key => key.ToString()).ToList();
        await host.Data.ExecuteAsync("""ALTER TABLE "DataProtectionKeys" RENAME TO "Muette" """);

        Assert.Equal("jeton", Protector(host).Unprotect(token));
        Assert.Equal(known, Keys(host).GetAllElements().Select(key => key.ToString()));
        Assert.Single(log.Entries, entry => entry.Category == typeof(DataProtectionKeys).FullName && entry.Level == LogLevel.Warning);
    }

    static IDataProtector Protector(PortalHost host) => host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("essai");

    static DataProtectionKeys Keys(PortalHost host) => host.Services.GetRequiredService<DataProtectionKeys>();
}
