using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.People;

namespace NsiPortal.Bench;

/// <summary>What administration costs in a portal of very many pupils: its dashboard, made and kept, and the search of accounts on any page.</summary>
static class AdminBenchmark
{
    const int Samples = 40;

    public static Task<int> RunAsync(string[] args)
    {
        var users = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var attempts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        return BenchDatabase.OnBothAsync(create => MeasureAsync(create, users, attempts));
    }

    static async Task<bool> MeasureAsync(Func<BenchDatabase> create, int users, int attempts)
    {
        await using var database = create();
        var portal = await StudentsBenchmark.StartAsync(database, users, attempts);
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await PromoteAsync(db);
        using var pupils = await Pupils.OfAsync(portal, 1);
        var keys = await db.Users.OrderBy(u => u.NicknameKey).Select(u => u.NicknameKey).ToListAsync();
        var random = new Random(1);

        var good = await PrintAsync("dashboard, made", 200, hit: false, async () =>
        {
            await db.WriteAsync([Tags.Dashboard], _ => Task.FromResult(0));
            return await pupils.GetAsync("/admin", 0);
        });
        good &= await PrintAsync("dashboard, kept", 1, hit: true, () => pupils.GetAsync("/admin", 0));
        good &= await PrintAsync("accounts, any page", 10, hit: false, () => pupils.GetAsync($"/admin/utilisateurs?apres={Any()}", 0));
        good &= await PrintAsync("accounts of a role, any page", 10, hit: false, () => pupils.GetAsync($"/admin/utilisateurs?role=Student&apres={Any()}", 0));
        good &= await PrintAsync("accounts by their beginning", 10, hit: false, () => pupils.GetAsync($"/admin/utilisateurs?debut={Any()[..^1]}", 0));
        good &= await PrintAsync("closed accounts", 10, hit: false, () => pupils.GetAsync("/admin/utilisateurs?desactives=true", 0));
        return good;

        string Any() => keys[random.Next(keys.Count)];
    }

    /// <summary>Makes an administrator of somebody, with whom the pupils that are signed in begin from now on.</summary>
    public static async Task PromoteAsync(PortalDbContext db)
    {
        // They come in the order of their stamps.
        var administrator = await db.Users.Where(u => u.Nickname.StartsWith("eleve-")).OrderBy(u => u.SecurityStamp).FirstAsync();
        administrator.Become(Role.Administrator);
        administrator.SecurityStamp = new string('0', 32);
        await db.SaveChangesAsync();
    }

    static async Task<bool> PrintAsync(string name, double aim, bool hit, Func<Task<Reply>> ask)
    {
        // The first ones compile what they need.
        for (var i = 0; i < 10; i++) await ask();
        var replies = new List<Reply>();
        for (var i = 0; i < Samples; i++) replies.Add(await ask());
        var wrong = replies.Count(reply => reply.Status != HttpStatusCode.OK || reply.Hit != hit);
        if (wrong > 0) Console.WriteLine($"  {name}: {wrong} of {replies.Count} were not what they should be: {replies[^1].Status} {replies[^1].Cache}");
        return StudentsBenchmark.Print(name, aim, replies.ConvertAll(reply => reply.Took.TotalMilliseconds), replies.ConvertAll(reply => reply.Sql)) && wrong == 0;
    }
}
