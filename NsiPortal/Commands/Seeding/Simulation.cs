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
            var progress = new ExerciseProgress(userId, asked.Exercise.Id);
            for (var number = 1; number <= (asked.Exercise.MaximumTries ?? 6) && at < sittings.Count; number++)
            {
                var right = random.NextDouble() < skill + (0.15 * (number - 1));
                var (answer, verdict) = asked.Answers[right ? 0 : 1 + random.Next(asked.Answers.Count - 1)];
                var attempt = new Attempt(userId, asked.Exercise, Guid.NewGuid(), number, answer, verdict, sittings[at++]);
                story.Attempts.Add(attempt);
                if (progress.Add(attempt)) story.Xp.Add(new XpEvent(userId, XpKind.ExerciseSolved, asked.Exercise.Id, asked.Exercise.Points * Xp.PerPoint, attempt.At));
                if (verdict.Outcome is Outcome.Right or Outcome.Waiting || random.NextDouble() < 0.2) break;
            }

            story.Progress.Add(progress);
        }

        CompleteChapters(story);
        return story;
    }

    void CompleteChapters(Story story)
    {
        var solved = story.Progress.Where(p => p.IsSolved).ToDictionary(p => p.ExerciseId, p => p.SolvedAt!.Value);
        foreach (var chapter in chapters.Where(chapter => chapter.For(solved.Keys.ToHashSet()).IsComplete))
            story.Xp.Add(new XpEvent(story.UserId, XpKind.ChapterCompleted, chapter.Id, Xp.ForChapter, chapter.Exercises.Where(e => e.Required).Max(e => solved[e.Id])));
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

/// <summary>What a simulated pupil did, by the portal's own rules.</summary>
sealed record Story(int UserId)
{
    public List<Attempt> Attempts { get; } = [];
    public List<ExerciseProgress> Progress { get; } = [];
    public List<XpEvent> Xp { get; } = [];

    public IEnumerable<(DateOnly Day, int Tries, int Solved, int Xp)> Days =>
        Attempts.Select(a => (Day: Period.DayOf(a.At), Tries: 1, Solved: 0, Xp: 0))
            .Concat(Xp.Select(x => (Day: Period.DayOf(x.At), Tries: 0, Solved: x.Kind == XpKind.ExerciseSolved ? 1 : 0, Xp: x.Amount)))
            .GroupBy(row => row.Day).Select(day => (day.Key, day.Sum(r => r.Tries), day.Sum(r => r.Solved), day.Sum(r => r.Xp)));

    public IEnumerable<(int Period, int Xp, DateTimeOffset ReachedAt)> Standings =>
        Xp.GroupBy(x => Period.WeekOf(Period.DayOf(x.At))).Append(Xp.GroupBy(_ => Period.AllTime).FirstOrDefault()).OfType<IGrouping<int, XpEvent>>()
            .Select(period => (period.Key, period.Sum(x => x.Amount), period.Max(x => x.At)));
}
