using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Routes;
using NsiPortal.Data.Queries;
using NsiPortal.Support;

namespace NsiPortal.Data;

/// <summary>Where no token can be read, an address is looked up by itself: it must stand for what it stands for in the whole table.</summary>
public sealed class RouteTableQueryTests
{
    static readonly string[] Courses = ["bases", "sql", "python", "reseaux", "jetee", "BASES", "inconnu"];
    static readonly string?[] Chapters = [null, "jointures", "select", "boucles", "brouillon", "routage", "cle", "inconnu"];

    [Fact(Timeout = 60_000)]
    public async Task An_address_stands_for_the_same_alone_and_in_the_whole_table()
    {
        await using var host = await PortalHost.StartAsync();
        await host.WithDbAsync(async db =>
        {
            var sql = new CourseBuilder("sql").WithChapter("select").WithChapter("brouillon", draft: true).Build();
            var python = new CourseBuilder("python").WithChapter("boucles").WithChapter("select").Build();
            var thrownAway = new CourseBuilder("jetee").WithChapter("cle").Build();
            db.AddRange(sql, python, thrownAway, new CourseBuilder("reseaux").Draft().WithChapter("routage").Build());
            await db.SaveChangesAsync();

            // Its address and its chapter's move; then somebody else takes the address.
            db.AddRange(sql.MoveTo("bases")!, sql.Chapters[0].MoveTo("jointures")!);
            await db.SaveChangesAsync();
            db.Add(python.MoveTo("sql")!);
            thrownAway.Delete(TimeProvider.System.GetUtcNow());
            return await db.SaveChangesAsync();
        });

        var table = await RouteTableQuery.LoadAsync(host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), CancellationToken.None);
        var map = host.Services.GetRequiredService<RouteMap>();
        var outcomes = new HashSet<RouteOutcome>();
        foreach (var course in Courses)
        {
            foreach (var chapter in Chapters)
            {
                var expected = table.Resolve(course, chapter);
                Assert.Equal(expected, await map.FindAsync(course, chapter, CancellationToken.None));
                outcomes.Add(expected.Outcome);
            }
        }

        Assert.Equal([RouteOutcome.Unknown, RouteOutcome.Found, RouteOutcome.Moved], outcomes.Order());
    }
}
