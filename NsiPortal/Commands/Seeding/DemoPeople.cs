using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Learning;

namespace NsiPortal.Commands.Seeding;

/// <summary>
/// The people of the demo: an administrator, a teacher, a pupil, and a class of thirty-five with a month of work behind them. Their password is in the
/// README: only in Development.
/// </summary>
sealed class DemoPeople(IServiceScopeFactory scopes, BadgeAwards badges, IHostEnvironment environment, TimeProvider time)
{
    public const string Password = LoadSeed.Password;
    public const string Pupil = "demo-eleve";
    public const string Teacher = "demo-prof";
    public const string Administrator = "demo-admin";

    /// <summary>What the teacher of the demo gives out.</summary>
    public const string Code = "DEMENSI";

    const int Days = 30;

    static readonly string[] Pupils =
    [
        "Ada", "Alix", "Amine", "Anaïs", "Axelle", "Basile", "Camille", "Chiara", "Clément", "Dalia", "Elif", "Enzo", "Esteban", "Fanta", "Gabin", "Hugo", "Inès", "Jade", "Kenza", "Léonie",
        "Lucas", "Maé", "Malo", "Naël", "Nina", "Noé", "Oumar", "Pauline", "Romane", "Samuel", "Soan", "Théa", "Victor", "Yanis",
    ];

    /// <summary>Makes them where there is nobody, and nowhere else.</summary>
    public async Task LoadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || await db.Users.AnyAsync(cancellationToken)) return;
        await using var scope = scopes.CreateAsyncScope();
        var registration = scope.ServiceProvider.GetRequiredService<Registration>();
        await registration.CreateAsync(Administrator, Password, Role.Administrator, mustChangePassword: false, cancellationToken);
        var teacher = await registration.CreateAsync(Teacher, Password, Role.Teacher, mustChangePassword: false, cancellationToken);

        var now = time.GetUtcNow();
        var hash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>().HashPassword(teacher!, Password);
        var began = now.AddDays(-Days);
        var schoolClass = new SchoolClass("Terminale NSI", teacher!.Id, new JoinCode(Code), began);
        db.Classes.Add(schoolClass);
        foreach (var course in await db.Courses.ToListAsync(cancellationToken)) course.Admit(teacher.Id, now);
        var users = new List<User>();
        foreach (var name in Pupils.Prepend(Pupil))
        {
            var user = new User(name, Role.Student, began) { PasswordHash = hash, SecurityStamp = Guid.NewGuid().ToString("n") };
            user.ChooseAvatar(Avatars.All[users.Count % Avatars.All.Count]);
            user.ShowToAll(users.Count % 3 != 1);
            users.Add(user);
            db.Users.Add(user);
            db.ClassMembers.Add(new ClassMember(schoolClass, user, began));
        }

        await db.SaveChangesAsync(cancellationToken);

        var exercises = await db.Exercises.AsNoTracking().Where(e => e.Number > 0).ToListAsync(cancellationToken);
        var simulation = new Simulation(exercises, await scope.ServiceProvider.GetRequiredService<Catalogue>().ChaptersAsync(cancellationToken), now, Days, seed: 35);
        var random = new Random(35);
        await BulkPeople.WriteAsync(db, [], [.. users.Select(user => simulation.Tell(user.Id, 15 + random.Next(70)))], users.Where(u => u.ShownToAll).Select(u => u.Id).ToHashSet(), cancellationToken);
        await badges.RunAsync(dryRun: false, cancellationToken);
    }
}
