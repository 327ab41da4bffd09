using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Support;

/// <summary>
/// A portal and its people: Zoé and Max are in the class of Mme Hopper, Oscar in that of M. Turing, and the bursar administers. Mme Hopper wrote a
/// course of one chapter with one exercise, which leads to a subject of a programme.
/// </summary>
public sealed class Cast : IAsyncLifetime
{
    public const string Zoe = "Zoé";
    public const string Max = "Max";
    public const string Oscar = "Oscar";
    public const string Hopper = "Mme Hopper";
    public const string Turing = "M. Turing";
    public const string Bursar = "Intendance";

    /// <summary>Everybody's.</summary>
    public const string Password = "trois petits chats";

    /// <summary>Lets into the class of Mme Hopper.</summary>
    public const string Code = "ACDEFGH";

    public const string Chapter = "/cours/sql/jointures";
    public const string Exercise = Chapter + "/exercices/1";

    public const string University = "/etudes/universite-de-lille";
    public const string Programme = University + "/licence-informatique";

    readonly Dictionary<string, int> ids = [];

    public PortalHost Host { get; private set; } = null!;

    public bool WithDemo { get; init; }

    public Action<WebApplicationBuilder>? Adjust { get; init; }

    public string[] Settings { get; init; } = [];

    public int ClassOfHopper { get; private set; }

    public int ClassOfTuring { get; private set; }

    public int CourseOfHopper { get; private set; }

    public int ChapterOfHopper { get; private set; }

    public int ExerciseOfHopper { get; private set; }

    /// <summary>The one of <see cref="University"/>.</summary>
    public int UniversityId { get; private set; }

    /// <summary>Passwords are compared at once, which is not what these tests are about.</summary>
    public static void HashFast(WebApplicationBuilder builder) => builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);

    public int IdOf(string nickname) => ids[nickname];

    public DateTimeOffset Now => Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public Person Visitor() => new(Host);

    public async Task<Person> SignInAsync(string nickname)
    {
        var person = Visitor();
        var answer = await person.SignInAsync(nickname);
        return answer.Header("Location") == "/moi" ? person : throw new InvalidOperationException($"{nickname} may not come in: {answer.Status} {answer.Text}");
    }

    public Task ChangeAsync(string nickname, Action<User> change) => Host.WithDbAsync(async db =>
    {
        change(await db.Users.SingleAsync(u => u.Id == ids[nickname]));
        await db.SaveChangesAsync();
    });

    public async Task<Cast> StartAsync()
    {
        Host = await PortalHost.StartAsync(WithDemo, builder =>
        {
            HashFast(builder);
            Adjust?.Invoke(builder);
        }, Settings);
        await Host.WithDbAsync(async db =>
        {
            var now = Now;
            var hash = new PasswordHasher<User>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1 })).HashPassword(null!, Password);
            User[] users = [New(Zoe, Role.Student), New(Max, Role.Student), New(Oscar, Role.Student), New(Hopper, Role.Teacher), New(Turing, Role.Teacher), New(Bursar, Role.Administrator)];
            db.AddRange(users.AsEnumerable());
            await db.SaveChangesAsync();
            foreach (var user in users) ids.Add(user.Nickname, user.Id);

            var (hopper, turing) = (new SchoolClass("Terminale 1", ids[Hopper], new JoinCode(Code), now), new SchoolClass("Terminale 2", ids[Turing], JoinCode.New(), now));
            db.AddRange(new ClassMember(hopper, users[0], now), new ClassMember(hopper, users[1], now), new ClassMember(turing, users[2], now));

            var course = new CourseBuilder("sql").WithChapter("jointures").Build();
            course.Attach("schema.svg", "image/svg+xml", "<svg/>"u8.ToArray());
            var exercise = course.Chapters.Single().AddExercise("partenaires");
            exercise.Write(1, "Sans partenaire", points: 2, required: true, maximumTries: null, "source", Question);
            course.Admit(ids[Hopper], now);
            course.Chapters.Single().Keep(ids[Hopper], "", now);
            db.Add(course);
            await db.SaveChangesAsync();
            (ClassOfHopper, ClassOfTuring) = (hopper.Id, turing.Id);
            (CourseOfHopper, ChapterOfHopper, ExerciseOfHopper) = (course.Id, course.Chapters.Single().Id, exercise.Id);

            // The demo's catalogue has it too.
            const string slug = "universite-de-lille";
            if (await db.Universities.SingleOrDefaultAsync(u => u.Slug == slug) is not { } university)
            {
                university = new University(new UniversityFacts("ULILLE", "Université de Lille", "Lille", ""), slug);
                var programme = university.Add(new FacultyFacts("FST", "Faculté des sciences")).Add(new ProgrammeFacts("L-INFO", "Licence Informatique", StudyLevel.Licence, "Trois ans.", "", Illustrative: true));
                programme.Add(new SubjectFacts("BDD", "Bases de données", 3, 6, "Le modèle relationnel.")).LeadFrom([course]);
                db.Add(university);
                await db.SaveChangesAsync();
            }

            UniversityId = university.Id;

            User New(string nickname, Role role) => new(nickname, role, now) { PasswordHash = hash, SecurityStamp = Guid.NewGuid().ToString("n") };
        });
        return this;
    }

    public ValueTask InitializeAsync() => new(StartAsync());

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>The choice <c>a</c> is right.</summary>
    static MultipleChoice Question => new(
        [new Choice("a", Rich("disparaît"), Right: true, Rich("Une jointure ne garde que les paires.")), new Choice("b", Rich("reste"), Right: false, Rich("Ce serait une jointure externe."))],
        Several: false, Shuffled: false, ChoiceScoring.AllOrNothing)
    {
        Statement = Rich("Un auteur sans livre, dans la jointure :"), Hints = [Rich("Comptez les lignes.")], Correction = Rich("Il n’a pas de partenaire."),
    };

    static RichText Rich(string text) => new(text, $"<p>{text}</p>");
}
