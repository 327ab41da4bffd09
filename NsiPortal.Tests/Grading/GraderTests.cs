using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>What holds for every kind, whatever is sent.</summary>
public sealed class GraderTests(ITestOutputHelper output)
{
    const int Answers = 30_000;

    static readonly ExerciseContent[] All =
    [
        Samples.Choices(), Samples.Choices(scoring: ChoiceScoring.Partial), Samples.Choices(several: false, ChoiceScoring.Examination),
        Samples.Short(new("un"), new(Number: 1.5, Tolerance: 0.5), new(Pattern: "(a+)+b")), Samples.Code(null, "un", "deux", "trois"), Samples.Code("sql", "a = 1", "a"),
        Samples.Lines(), Samples.Lines(indented: true), Samples.Pairs(), Samples.Free(),
    ];

    [Fact]
    public void Whatever_is_sent_is_graded_within_bounds_or_refused()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (graded, outcomes) = (0, new HashSet<Outcome>());
        for (var i = 0; i < Answers; i++)
        {
            var (exercise, points) = (All[i % All.Length], random.Next(1, 21));
            var answer = Any(random, exercise);
            try
            {
                var verdict = Grader.Grade(exercise, points, answer);
                Check(exercise, points, answer, verdict);
                outcomes.Add(verdict.Outcome);
                graded++;
            }
            catch (UnusableAnswerException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }

        // Answers that are all refused prove nothing about grading.
        Assert.True(graded > Answers / 3, $"{graded} of {Answers} were graded (seed {seed})");
        Assert.Equal(4, outcomes.Count);
    }

    static void Check(ExerciseContent exercise, int points, Answer answer, Verdict verdict)
    {
        var least = exercise is MultipleChoice { Scoring: ChoiceScoring.Examination } ? -points / 3.0 : 0;
        Assert.InRange(verdict.Score, least, points);
        Assert.Equal(verdict.Outcome == Outcome.Right, verdict.Score.Equals(points));
        Assert.Equal(verdict.Outcome == Outcome.Partial, verdict.Score > 0 && verdict.Score < points);
        Assert.Equal(verdict.Outcome == Outcome.Waiting, exercise is FreeAnswer && !answer.IsEmpty);
        if (answer.IsEmpty)
        {
            Assert.Equal(0, verdict.Score);
            Assert.Empty(verdict.Fields);
        }

        // What is said is said of what was sent, once, and a right answer has nothing wrong in it.
        Assert.Distinct(verdict.Fields.Select(field => field.Field));
        if (verdict.Outcome == Outcome.Right) Assert.DoesNotContain(verdict.Fields, field => field.Right == false);
        if (exercise is MultipleChoice) Assert.All(verdict.Fields, field => Assert.Contains(field.Field, answer.Values("choix").Select(key => $"choix:{key}")));
    }

    [Fact]
    public void The_same_answer_always_has_the_same_verdict()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var exercise = All[i % All.Length];
            // As it is stored, because JSON has no halves of surrogate pairs.
            var stored = Any(random, exercise).ToJson();
            Assert.Equivalent(Tried(() => Grader.Grade(exercise, 3, Answer.FromJson(stored))), Tried(() => Grader.Grade(exercise, 3, Answer.FromJson(stored))), strict: true);
        }

        static object Tried(Func<Verdict> grade)
        {
            try
            {
                return grade();
            }
            catch (UnusableAnswerException refused)
            {
                return refused.Message;
            }
        }
    }

    [Theory]
    [InlineData("{\"choix\":null}")]
    [InlineData("{\"choix\":[null]}")]
    [InlineData("{\"\":[]}")]
    [InlineData("{\"choix\":[\"a\\u0000\"]}")]
    public void Json_that_no_form_makes_is_refused(string json) =>
        Assert.Throws<UnusableAnswerException>(() => Grader.Grade(Samples.Choices(), 3, Answer.FromJson(json)));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"choix\":[]}")]
    [InlineData("{\"choix\":[\"\",\"\"]}")]
    public void Json_of_nothing_is_a_blank_answer(string json) => Assert.Equal(Outcome.Wrong, Grader.Grade(Samples.Choices(), 3, Answer.FromJson(json)).Outcome);

    /// <summary>Mostly fields and values that the exercise has.</summary>
    static Answer Any(Random random, ExerciseContent exercise)
    {
        var (fields, values) = FormOf(exercise);
        var answer = fields.Where(_ => random.Next(5) > 0).SelectMany(field => Enumerable.Range(0, field == "choix" ? random.Next(4) : 1).Select(_ => (field, Value()))).ToList();
        if (random.Next(10) == 0) answer.Add((random.Next(2) == 0 ? "autre" : fields[random.Next(fields.Length)], Value()));
        if (exercise is Parsons && random.Next(2) == 0)
        {
            // At random, two lines nearly always want the same place.
            string[] orders = [.. fields.Where(field => field.StartsWith("ordre-", StringComparison.Ordinal))];
            var places = Enumerable.Range(1, orders.Length).ToArray();
            if (random.Next(3) > 0) random.Shuffle(places);
            answer = [.. orders.Select((field, index) => (field, index < 4 || random.Next(3) == 0 ? places[index].ToString() : "")),
                .. fields.Except(orders).Select(field => (field, field == "retrait-c" ? "1" : random.Next(2) == 0 ? "" : "0"))];
        }

        return Answer.Of(answer);

        string Value() => random.Next(12) switch { 0 => "", 1 => Noise(random), _ => values[random.Next(values.Length)] };
    }

    static (string[] Fields, string[] Values) FormOf(ExerciseContent exercise) => exercise switch
    {
        MultipleChoice => (["choix"], ["a", "b", "c", "d"]),
        ShortAnswer => (["texte"], ["un", "UN", "1,7", "1 000", "aaaab", "1e400", "-", "٣", "deux"]),
        Gaps gaps => ([.. gaps.Items.Select((_, index) => Gaps.FieldOf(index + 1))], ["un", "deux", "trois", "a=1", "A", "a"]),
        Parsons parsons =>
        (
            [.. parsons.Lines.Concat(parsons.Distractors).SelectMany(line => parsons.Indented ? (string[])[Parsons.OrderOf(line.Key), Parsons.IndentOf(line.Key)] : [Parsons.OrderOf(line.Key)])],
            ["1", "2", "3", "4", "5", "6", "", ""]
        ),
        Matching => (["paire-a", "paire-b", "paire-c"], ["1", "2", "3", "4"]),
        _ => (["texte"], ["Parce que.", "Non"]),
    };

    static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(random.Next(50) == 0 ? 5000 : 30)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000)));
}
