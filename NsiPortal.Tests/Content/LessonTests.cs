using System.Text.RegularExpressions;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;

namespace NsiPortal.Content;

/// <summary>Each chapter has what makes a lesson: a length that can be read, an example, a frequent mistake, exercises with corrections.</summary>
public sealed partial class LessonTests
{
    public static TheoryData<string> Chapters => ChapterSource.Names;

    public static TheoryData<string> Courses => DemoCourse.Rows;

    [Theory, MemberData(nameof(Chapters))]
    public void A_lesson_is_neither_thin_nor_endless(string name)
    {
        var prose = NotProse().Replace(ChapterSource.Read(name).LessonText, " ");
        Assert.InRange(Word().Count(prose), 700, 1500);
    }

    [Theory, MemberData(nameof(Chapters))]
    public void A_lesson_has_an_example_a_frequent_mistake_and_a_figure(string name)
    {
        var lesson = ChapterSource.Read(name).LessonText;
        Assert.Matches(@"(?m)^!!! example ""Exemple\s: ", lesson);
        Assert.Matches("(?m)^!!! warning \"Erreur fréquente\"$", lesson);
        Assert.Matches("(?m)^!!! abstract \"À retenir\"$", lesson);
        Assert.Matches(@"(?m)^ *!\[", lesson);
    }

    [Theory, MemberData(nameof(Chapters))]
    public void Exercises_are_numbered_and_each_has_a_correction(string name)
    {
        var exercises = ChapterSource.Read(name).Exercises;
        Assert.InRange(exercises.Count, 0, 12);
        Assert.All(exercises.Select((exercise, i) => (exercise, Number: i + 1)), pair =>
        {
            Assert.StartsWith($"!!! example \"Exercice {pair.Number}", pair.exercise.Title, StringComparison.Ordinal);
            Assert.True(Word().Count(pair.exercise.CorrectionText) > 10, pair.exercise.Title);
        });
    }

    [Theory, MemberData(nameof(Chapters))]
    public void A_figure_is_there_and_is_described(string name)
    {
        foreach (Match image in Image().Matches(ChapterSource.Read(name).Markdown))
        {
            Assert.True(image.Groups["text"].Length > 30, image.Value);
            Assert.True(File.Exists(Path.Combine(DemoCourse.FolderOf(DemoCourse.Of(name)), image.Groups["path"].Value)), image.Value);
        }
    }

    [Theory, MemberData(nameof(Chapters))]
    public void A_chapter_has_exercises_to_answer_on_the_page(string name) => Assert.InRange(ChapterSource.Interactive(name).Count, 6, 12);

    [Theory, MemberData(nameof(Courses))]
    public void A_course_has_exercises_of_each_kind(string course) =>
        Assert.Empty(Enum.GetValues<ExerciseKind>().Except(ChapterSource.NamesOf(course).SelectMany(ChapterSource.Interactive).Select(exercise => exercise.Content.Kind)));

    [Theory, MemberData(nameof(Courses))]
    public void Every_figure_is_used(string course)
    {
        var texts = string.Concat(ChapterSource.All(course).Select(chapter => chapter.Markdown));
        Assert.All(Directory.EnumerateFiles(Path.Combine(DemoCourse.FolderOf(course), "figures")), figure => Assert.Contains($"(figures/{Path.GetFileName(figure)})", texts, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Courses))]
    public async Task A_course_is_read_without_a_problem_and_covers_its_themes(string course)
    {
        Assert.Contains(course, DemoCourse.Themes);
        var reading = await CourseFolder.ReadAsync(DemoCourse.FolderOf(course), CancellationToken.None);
        Assert.Empty(reading.Problems);
        Assert.All(reading.Chapters, chapter => Assert.NotEmpty(chapter.Contents));
        // What it touches of other themes is welcome.
        Assert.Empty(DemoCourse.Themes[course].SelectMany(Under).Except(reading.Chapters.SelectMany(c => c.Contents)));
    }

    static IReadOnlyList<string> Under(string prefix)
    {
        List<string> codes = [.. Programme.Contents.Select(content => content.Code).Where(code => code.StartsWith(prefix, StringComparison.Ordinal))];
        Assert.NotEmpty(codes);
        return codes;
    }

    [Theory, MemberData(nameof(Chapters))]
    public async Task A_link_leads_to_a_chapter_or_to_a_file_of_the_course(string name)
    {
        var reading = await CourseFolder.ReadAsync(DemoCourse.FolderOf(DemoCourse.Of(name)), CancellationToken.None);
        HashSet<string> known = [.. reading.Chapters.Select(c => c.Slug), .. reading.Files.Select(f => "fichiers/" + f.Name)];
        Assert.All(Link().Matches(ChapterSource.Read(name).Markdown).Select(link => link.Groups["path"].Value), path => Assert.Contains(path, known));
    }

    [Theory, MemberData(nameof(Chapters))]
    public void Prose_has_typographic_apostrophes_and_code_has_none(string name)
    {
        var markdown = ChapterSource.Read(name).Markdown;
        Assert.DoesNotMatch(@"\p{L}'[\p{L}*]", Code().Replace(markdown, " "));
        Assert.DoesNotContain(Code().Matches(markdown), code => code.Value.Split('\n', 2)[^1].Contains('’', StringComparison.Ordinal) && !code.Value.TrimStart().StartsWith('|'));
    }

    // Fences, code in a line, formulas, tables (they hold data).
    [GeneratedRegex(@"^ *```[\s\S]*?^ *```$|`[^`\n]+`|\$[^$\n]+\$|^ *\|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    // Fences, tables, images, formulas, marks of admonitions.
    [GeneratedRegex(@"^ *```[\s\S]*?^ *```$|^ *\|.*$|!\[[^\]]*\]\([^)]*\)|\\\[[\s\S]*?\\\]|^ *(!!!|\?\?\?) \w+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NotProse();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"!\[(?<text>[^\]]*)\]\((?<path>[^)]*)\)")]
    private static partial Regex Image();

    [GeneratedRegex(@"(?<!!)\[[^\]^]+\]\((?<path>[^)]*)\)")]
    private static partial Regex Link();
}
