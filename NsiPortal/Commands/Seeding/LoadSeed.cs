using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Data.Postgres;
using NsiPortal.Domain.People;
using NsiPortal.Learning;

namespace NsiPortal.Commands.Seeding;

/// <summary>Very many pupils, to see how the portal bears them. All have the same password; none is for a portal that pupils use.</summary>
sealed class LoadSeed(Catalogue catalogue, IPasswordHasher<User> hasher, TimeProvider time)
{
    const int Together = 5000;
    const int Days = 60;
    public const string Password = "demo-nsi-2026";

    /// <returns>How many users and attempts were written.</returns>
    public async Task<(int Users, int Attempts)> RunAsync(PortalDbContext db, int users, int attempts, CancellationToken cancellationToken)
    {
        var exercises = await db.Exercises.AsNoTracking().Where(e => e.Number > 0).ToListAsync(cancellationToken);
        var simulation = new Simulation(exercises, await catalogue.ChaptersAsync(cancellationToken), time.GetUtcNow(), Days, seed: 1);
        var random = new Random(2);
        var hash = hasher.HashPassword(null!, Password);
        var (first, written, now) = ((await db.Users.MaxAsync(u => (int?)u.Id, cancellationToken) ?? 0) + 1, 0, time.GetUtcNow());
        for (var done = 0; done < users; done += Together)
        {
            var count = Math.Min(Together, users - done);
            var rows = new List<object?[]>(count);
            var stories = new List<Story>(count);
            var shown = new HashSet<int>();
            for (var i = 0; i < count; i++)
            {
                var id = first + done + i;
                var nickname = $"eleve-{id}";
                var left = users - done - i;
                // Most do little and a few do much, and together they do what is asked for.
                var mean = (attempts - written) / (double)left;
                var wanted = (int)Math.Min(-Math.Log(1 - random.NextDouble()) * mean, 12 * mean);
                if (left == 1) wanted = attempts - written;
                var story = simulation.Tell(id, Math.Max(0, wanted));
                written += story.Attempts.Count;
                if (random.NextDouble() < 0.4) shown.Add(id);
                rows.Add([id, nickname, Nickname.KeyOf(nickname), (int)Role.Student, false, now, Avatars.All[id % Avatars.All.Count], shown.Contains(id), hash, Guid.NewGuid().ToString("n"), 0, false]);
                stories.Add(story);
            }

            await BulkPeople.WriteAsync(db, rows, stories, shown, cancellationToken);
        }

        if (db is PostgresPortalDbContext)
        {
            await db.WriteAsync([Tags.Everything], cancellation => db.Database.ExecuteSqlRawAsync("""SELECT setval(pg_get_serial_sequence('"Users"', 'Id'), (SELECT max("Id") FROM "Users"))""", cancellation), cancellationToken);
            await VacuumAsync(db, cancellationToken);
        }

        return (users, written);
    }

    /// <summary>What was copied in is new to the planner, and every index still asks the table who may see a row. In time PostgreSQL does this by itself.</summary>
    static async Task VacuumAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var vacuum = db.Database.GetDbConnection().CreateCommand();
        (vacuum.CommandText, vacuum.CommandTimeout) = ("VACUUM (ANALYZE)", 0);
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
        await db.Database.CloseConnectionAsync();
    }
}
