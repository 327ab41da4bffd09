using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Exchange;
using NsiPortal.Support;
using Answer = NsiPortal.Domain.Exercises.Answer;

namespace NsiPortal.Learning;

/// <summary>A portal with one chapter of exercises, on a school day that a test may move, and what pupils do there.</summary>
sealed class Classroom(PortalHost host, ManualTime time) : IAsyncDisposable
{
    /// <summary>A Wednesday, at noon in Paris.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 25, 11, 0, 0, TimeSpan.Zero);

    public const string Chapter = "/cours/essai/un";

    public const string Word = "- id: mot\n  titre: Un mot\n  type: reponse-courte\n  points: 2\n  enonce: Combien ?\n  reponses: [deux]\n  retours: [{texte: trois, retour: Un de trop.}]\n  indices: [Peu., Moins que trois.]\n  correction: Un et un.\n";
    public const string Holes = "- id: trous\n  titre: Des trous\n  type: texte-a-trous\n  points: 4\n  enonce: Complète.\n  texte: \"[[1]] puis [[2]]\"\n  trous: [{reponses: [un]}, {reponses: [deux]}]\n";
    public const string Limited = "- id: compte\n  titre: Compté\n  type: reponse-courte\n  obligatoire: non\n  essais: 2\n  enonce: Encore ?\n  reponses: [oui]\n  correction: C’est oui.\n";
    public const string Free = "- id: libre\n  titre: Libre\n  type: reponse-libre\n  obligatoire: non\n  points: 4\n  enonce: Raconte.\n";

    /// <summary>Two exercises are required: 20 and 40 points of experience, and 50 for both.</summary>
    public const string Sheet = Word + Holes + Limited + Free;

    public PortalHost Host => host;

    public ManualTime Time => time;

    public static async Task<Classroom> StartAsync(string sheet = Sheet, Action<WebApplicationBuilder>? adjust = null)
    {
        var time = new ManualTime();
        time.Advance(Noon - time.GetUtcNow());
        var host = await PortalHost.StartAsync(adjust: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            adjust?.Invoke(builder);
        });
        await host.WriteChapterAsync(sheet);
        return new Classroom(host, time);
    }

    /// <summary>Imports the chapter with another sheet, and grades again what that concerns, as the command does.</summary>
    /// <returns>How many answers were graded again.</returns>
    public async Task<int> CorrectAsync(string sheet) =>
        await host.Services.GetRequiredService<Regrading>().RunAsync((await host.WriteChapterAsync(sheet)).Revised, CancellationToken.None);

    public Task<int> EnrolAsync(string nickname) => host.EnrolAsync(nickname);

    public Task<Submission> SubmitAsync(int pupil, string exercise, Answer answer, Guid? key = null) => host.SubmitAsync(pupil, exercise, answer, key);

    public Task<Submission> SolveAsync(int pupil, string exercise) => SubmitAsync(pupil, exercise, Right(exercise));

    public static Answer Text(string text) => Answer.Of((ShortAnswer.Field, text));

    public static Answer InHoles(string first, string second) => Answer.Of((Gaps.FieldOf(1), first), (Gaps.FieldOf(2), second));

    public static Answer Right(string exercise) => exercise switch
    {
        "trous" => InHoles("un", "deux"),
        "compte" => Text("oui"),
        _ => Text("deux"),
    };

    public Task<ExerciseProgress?> ProgressAsync(int pupil, string exercise) =>
        host.WithDbAsync(db => db.ExerciseProgress.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == pupil && p.Exercise.Key == exercise));

    public Task<List<Attempt>> AttemptsAsync(int pupil, string exercise) =>
        host.WithDbAsync(db => db.Attempts.AsNoTracking().Where(a => a.UserId == pupil && a.Exercise.Key == exercise).OrderBy(a => a.Id).ToListAsync());

    /// <summary>The pupil's experience, of which every sum that is kept must be the same.</summary>
    public Task<int> XpAsync(int pupil) => host.XpAsync(pupil);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}

static class ClassroomExtensions
{
    /// <summary>Imports the chapter with its sheet.</summary>
    public static async Task<ImportReport> WriteChapterAsync(this PortalHost host, string sheet, string chapter = "un", bool published = true)
    {
        var folder = Directory.CreateDirectory(host.Data["cours"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "cours.yml"), "titre: Essai\nadresse: essai\nniveau: terminale\npublie: true\n");
        await File.WriteAllTextAsync(Path.Combine(folder, $"01-{chapter}.md"), $"---\ntitre: Chapitre\ncontenus: [T-BDD-1]\npublie: {(published ? "true" : "false")}\n---\n\nTexte.\n");
        await File.WriteAllTextAsync(Path.Combine(folder, $"01-{chapter}.exercices.yml"), sheet);
        var reading = await CourseFolder.ReadAsync(folder, CancellationToken.None);
        Assert.Empty(reading.Problems);
        return await host.WithDbAsync(db => host.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune: false, rename: false, CancellationToken.None));
    }

    public static async Task<int> EnrolAsync(this PortalHost host, string nickname, bool shown = true)
    {
        var user = new User(nickname, Role.Student, Classroom.Noon) { SecurityStamp = nickname };
        user.ShowToAll(shown);
        await host.WithDbAsync(db =>
        {
            db.Users.Add(user);
            return db.SaveChangesAsync();
        });
        return user.Id;
    }

    public static async Task<Submission> SubmitAsync(this PortalHost host, int pupil, string exercise, Answer answer, Guid? key = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var asked = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Exercises.AsNoTracking().SingleAsync(e => e.Key == exercise);
        return await scope.ServiceProvider.GetRequiredService<Submissions>().SubmitAsync(pupil, asked, key ?? Guid.NewGuid(), answer, CancellationToken.None);
    }

    public static Task<int> XpAsync(this PortalHost host, int pupil) => host.WithDbAsync(async db =>
    {
        var events = await db.XpEvents.Where(e => e.UserId == pupil).SumAsync(e => e.Amount);
        Assert.Equal(events, await db.DailyActivity.Where(a => a.UserId == pupil).SumAsync(a => a.Xp));
        Assert.Equal(events, await db.Standings.Where(s => s.UserId == pupil && s.Period == Period.AllTime).SumAsync(s => s.Xp));
        Assert.Equal(events, await db.Standings.Where(s => s.UserId == pupil && s.Period != Period.AllTime).SumAsync(s => s.Xp));
        return events;
    });
}
