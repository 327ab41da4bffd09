using Microsoft.Data.Sqlite;

namespace NsiPortal.Content;

/// <summary>What the course says that SQL answers is what SQLite answers.</summary>
public sealed class SqlContentTests
{
    public static TheoryData<string> Chapters { get; } = [.. ChapterSource.NamesOf(DemoCourse.Databases)];

    [Theory, MemberData(nameof(Chapters))]
    public async Task A_lesson_shows_the_real_answers(string name)
    {
        // From one example to the next: the chapter on updates says so, and the others change nothing that they read again.
        await using var library = await Library.OpenAsync();
        var lesson = ChapterSource.Read(name).Lesson;
        foreach (var (block, next) in lesson.Zip(lesson.Skip(1).Cast<Block?>().Append(null)))
        {
            if (block.Language != "sql") continue;
            if (block.Title == "Extrait de bibliotheque.sql")
            {
                Assert.Contains(block.Text, Library.Script, StringComparison.Ordinal);
            }
            else if (next is { Adjacent: true, Title: "Message du SGBD" })
            {
                var refused = await Assert.ThrowsAsync<SqliteException>(() => library.RunAsync(block.Text));
                Assert.EndsWith($"'{next.Text}'.", refused.Message, StringComparison.Ordinal);
            }
            else
            {
                var (table, _) = await library.RunAsync(block.Text);
                if (next is { Adjacent: true, IsTable: true }) AssertShows(table, next, $"{name}, « {block.Title} »");
                else Assert.True(table.Count == 0, $"{name}, « {block.Title} » answers, and the lesson does not show what");
            }
        }
    }

    [Theory, MemberData(nameof(Chapters))]
    public async Task The_corrections_of_exercises_give_what_was_asked(string name)
    {
        foreach (var exercise in ChapterSource.Read(name).Exercises)
        {
            var solution = exercise.Correction.LastOrDefault(block => block.Language == "sql");
            if (exercise.Expected is { } expected)
            {
                Assert.True(solution is not null, $"{exercise.Title}: a result without a solution");
                await using var library = await Library.OpenAsync();
                var (table, _) = await library.RunAsync(solution.Text);
                if (exercise.ShownBy is { } query) (table, _) = await library.RunAsync(query);
                AssertShows(table, expected, exercise.Title);
            }
            else if (solution is not null)
            {
                await using var library = await Library.OpenAsync();
                await library.RunAsync(solution.Text);
            }
        }
    }

    [Theory, MemberData(nameof(Chapters))]
    public async Task A_table_right_under_a_query_of_a_correction_is_its_answer(string name)
    {
        foreach (var exercise in ChapterSource.Read(name).Exercises)
        {
            // From one step of a correction to the next, on the same library.
            await using var library = await Library.OpenAsync();
            foreach (var (block, next) in exercise.Correction.Zip(exercise.Correction.Skip(1)))
            {
                if (block.Language != "sql") continue;
                var (table, _) = await library.RunAsync(block.Text);
                if (next is { Adjacent: true, IsTable: true }) AssertShows(table, next, exercise.Title);
            }
        }
    }

    [Theory, MemberData(nameof(Chapters))]
    public async Task What_exercises_show_runs_and_its_answer_is_the_number_in_bold(string name)
    {
        foreach (var exercise in ChapterSource.Read(name).Exercises)
        {
            foreach (var shown in exercise.Statement.Where(block => block.Language == "sql" && !block.Text.Contains(Block.Blank, StringComparison.Ordinal)))
            {
                await using var library = await Library.OpenAsync();
                var (table, changed) = await library.RunAsync(shown.Text);
                if (exercise.Number is not { } number) continue;
                int[] answers = table switch
                {
                    [] => [changed],
                    [_, [var value]] when int.TryParse(value, out var only) => [only],
                    _ => [table.Count - 1],
                };
                Assert.Equal((exercise.Title, number), (exercise.Title, answers[0]));
            }
        }
    }

    // So that the tests above cannot be satisfied with reading nothing.
    [Fact]
    public void The_course_shows_many_answers()
    {
        var chapters = ChapterSource.All(DemoCourse.Databases);
        Assert.Equal(6, chapters.Count);
        Assert.True(chapters.Sum(c => c.Lesson.Count(block => block.Language == "sql")) >= 30);
        Assert.True(chapters.Sum(c => c.Lesson.Count(block => block is { IsTable: true, Adjacent: true })) >= 20);
        Assert.True(chapters.Sum(c => c.Lesson.Count(block => block.Title == "Message du SGBD")) >= 5);
        Assert.True(chapters.Sum(c => c.Exercises.Count(e => e.Expected is not null)) > 15);
        Assert.Equal(4, chapters.Sum(c => c.Exercises.Count(e => e.ShownBy is not null)));
        Assert.True(chapters.Sum(c => c.Exercises.Count(e => e.Number is not null && e.Statement.Any(b => b.Language == "sql"))) >= 4);
    }

    static void AssertShows(List<string[]> table, Block shown, string where) =>
        Assert.True(table.Count == shown.Rows.Count && table.Zip(shown.Rows).All(pair => pair.First.SequenceEqual(pair.Second)),
            $"{where}\nshown:\n{Text(shown.Rows)}\nreal:\n{Text(table)}");

    static string Text(IEnumerable<string[]> rows) => string.Join('\n', rows.Select(row => string.Join(" | ", row)));
}
