using System.Text.Encodings.Web;
using System.Text.Json;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Grading;
using NsiPortal.Learning;

namespace NsiPortal.Commands.Seeding;

/// <summary>
/// Pupils who work through the exercises as pupils do: some much, most little; on school days, now and then on Sunday evening; wrong at first, then right.
/// The same seed gives the same pupils. Every attempt was graded, and every sum is that of its parts.
/// </summary>
sealed class Simulation
{
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly IReadOnlyList<Asked> exercises;
    readonly IReadOnlyList<CatalogueChapter> chapters;
    readonly IReadOnlyList<DateOnly> days;
    readonly Random random;

    /// <param name="exercises">What there is to solve, in its order.</param>
    /// <param name="chapters">Where it stands.</param>
    /// <param name="until">The end of what is told.</param>
    /// <param name="length">How many days before it begins.</param>
    /// <param name="seed">Who the pupils are.</param>
    public Simulation(IReadOnlyList<Exercise> exercises, IReadOnlyList<CatalogueChapter> chapters, DateTimeOffset until, int length, int seed)
    {
        (this.chapters, random) = (chapters, new Random(seed));
        var places = chapters.SelectMany(chapter => chapter.Exercises.Select(exercise => exercise.Id)).Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        this.exercises = [.. exercises.Where(e => places.ContainsKey(e.Id)).OrderBy(e => places[e.Id]).Select(e => new Asked(e, Answers(e)))];
        var last = Period.DayOf(until).AddDays(-1);
        days = [.. Enumerable.Range(0, length).Select(i => last.AddDays(-i)).Where(day => SchoolCalendar.France.IsSchoolDay(day) || day.DayOfWeek == DayOfWeek.Sunday).Order()];
        if (days.Count == 0) days = [last];
    }

    List<(Answer Answer, Verdict Verdict)> Answers(Exercise exercise) =>
    [
        .. Enumerable.Range(0, 4).Select(i => i == 0 ? SampleAnswers.Right(exercise.Content) : SampleAnswers.Wrong(exercise.Content, random))
            .Select(answer => (answer, Grader.Grade(exercise.Content, exercise.Points, answer))),
    ];

    /// <summary>What one pupil did.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="wanted">About how many answers.</param>
    public Story Tell(int userId, int wanted)
    {
        var story = new Story(userId);
        var skill = 0.35 + (random.NextDouble() * 0.5);
        var sittings = SittingsOf(wanted);
        var at = 0;
        foreach (var asked in exercises)
        {
            if (story.Attempts.Count >= wanted || at >= sittings.Count) break;
            if (random.NextDouble() < 0.08) continue;
            var progress = new Tally(asked.Exercise.Id);
            for (var number = 1; number <= (asked.Exercise.MaximumTries ?? 6) && at < sittings.Count; number++)
            {
                var right = random.NextDouble() < skill + (0.15 * (number - 1));
                var (answer, verdict) = asked.Answers[right ? 0 : 1 + random.Next(asked.Answers.Count - 1)];
                var moment = sittings[at++];
                story.Attempts.Add(new Tried(asked.Exercise.Id, asked.Exercise.Version, asked.Exercise.Points, number, answer.ToJson(), verdict.Outcome, verdict.Score, JsonSerializer.Serialize(verdict.Fields, Relaxed), moment));
                progress.Add(number, verdict, moment);
                if (verdict.Outcome is Outcome.Right or Outcome.Waiting || random.NextDouble() < 0.2) break;
            }

            story.Progress.Add(progress);
            if (progress.SolvedAt is { } solvedAt) story.Xp.Add((XpKind.ExerciseSolved, asked.Exercise.Id, asked.Exercise.Points * Domain.Learning.Xp.PerPoint, solvedAt));
        }

        CompleteChapters(story);
        return story;
    }

    void CompleteChapters(Story story)
    {
        var solved = story.Progress.Where(p => p.SolvedAt is not null).ToDictionary(p => p.ExerciseId, p => p.SolvedAt!.Value);
        foreach (var chapter in chapters.Where(chapter => chapter.For(solved.Keys.ToHashSet()).IsComplete))
            story.Xp.Add((XpKind.ChapterCompleted, chapter.Id, Domain.Learning.Xp.ForChapter, chapter.Exercises.Where(e => e.Required).Max(e => solved[e.Id])));
    }

    /// <summary>The moments at which a pupil answers, in their order: some evenings and some lessons.</summary>
    List<DateTimeOffset> SittingsOf(int wanted)
    {
        var moments = new List<DateTimeOffset>(wanted);
        var chosen = days.Where(_ => random.NextDouble() < 0.55).ToList();
        if (chosen.Count == 0) chosen.Add(days[random.Next(days.Count)]);
        var each = Math.Max(1, (int)Math.Ceiling(wanted / (double)chosen.Count));
        foreach (var day in chosen)
        {
            var minutes = (day.DayOfWeek == DayOfWeek.Sunday ? 17 * 60 : random.Next(2) == 0 ? 9 * 60 : 18 * 60) + random.Next(90);
            for (var i = 0; i < each && moments.Count < wanted; i++)
                moments.Add(ParisTime.ToInstant(day.ToDateTime(TimeOnly.MinValue).AddMinutes(Math.Min(minutes += 1 + random.Next(4), (23 * 60) + 59)).AddSeconds(random.Next(60))));
        }

        moments.Sort();
        return moments;
    }

    sealed record Asked(Exercise Exercise, IReadOnlyList<(Answer Answer, Verdict Verdict)> Answers);
}

/// <summary>What a simulated pupil did, as rows.</summary>
sealed record Story(int UserId)
{
    public List<Tried> Attempts { get; } = [];
    public List<Tally> Progress { get; } = [];
    public List<(XpKind Kind, int SourceId, int Amount, DateTimeOffset At)> Xp { get; } = [];

    public IEnumerable<(DateOnly Day, int Tries, int Solved, int Xp)> Days =>
        Attempts.Select(a => (Day: Period.DayOf(a.At), Tries: 1, Solved: 0, Xp: 0))
            .Concat(Xp.Select(x => (Day: Period.DayOf(x.At), Tries: 0, Solved: x.Kind == XpKind.ExerciseSolved ? 1 : 0, Xp: x.Amount)))
            .GroupBy(row => row.Day).Select(day => (day.Key, day.Sum(r => r.Tries), day.Sum(r => r.Solved), day.Sum(r => r.Xp)));

    public IEnumerable<(int Period, int Xp, DateTimeOffset ReachedAt)> Standings =>
        Xp.Select(x => (Period: Domain.Learning.Period.WeekOf(Domain.Learning.Period.DayOf(x.At)), x.Amount, x.At)).Concat(Xp.Select(x => (Period: Domain.Learning.Period.AllTime, x.Amount, x.At)))
            .GroupBy(row => row.Period).Select(period => (period.Key, period.Sum(r => r.Amount), period.Max(r => r.At)));
}

sealed record Tried(int ExerciseId, int Version, int Points, int Number, string Answer, Outcome Outcome, double Score, string Feedback, DateTimeOffset At);

/// <summary>What the tries of one exercise come to, as <see cref="ExerciseProgress"/> counts.</summary>
sealed class Tally(int exerciseId)
{
    public int ExerciseId => exerciseId;
    public int Tries { get; private set; }
    public int TriesToSolve { get; private set; }
    public double BestScore { get; private set; }
    public Outcome LastOutcome { get; private set; }
    public DateTimeOffset FirstAt { get; private set; }
    public DateTimeOffset? SolvedAt { get; private set; }
    public DateTimeOffset LastAt { get; private set; }

    public void Add(int number, Verdict verdict, DateTimeOffset at)
    {
        if (number == 1) FirstAt = at;
        (Tries, LastAt, LastOutcome, BestScore) = (number, at, verdict.Outcome, Math.Max(BestScore, verdict.Score));
        if (verdict.Outcome != Outcome.Right || SolvedAt is not null) return;
        (SolvedAt, TriesToSolve) = (at, number);
    }
}
