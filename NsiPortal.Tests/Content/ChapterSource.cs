using System.Text.RegularExpressions;
using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;

namespace NsiPortal.Content;

/// <summary>A chapter of a demo course as its author wrote it: a lesson, then exercises if it has any, each a list of blocks.</summary>
public sealed partial class ChapterSource
{
    /// <summary>As <c>course/chapter.md</c>.</summary>
    public static TheoryData<string> Names { get; } = [.. DemoCourse.Names.SelectMany(NamesOf)];

    ChapterSource(string markdown)
    {
        Markdown = markdown;
        var parts = markdown.Split("\n## Exercices\n");
        Assert.InRange(parts.Length, 1, 2);
        LessonText = parts[0];
        Lesson = Block.Read(parts[0]);
        Exercises = [.. parts.Skip(1).SelectMany(exercises => ExerciseStart().Split(exercises).Skip(1)).Select(text => new Exercise(text))];
    }

    public string Markdown { get; }
    public string LessonText { get; }
    public IReadOnlyList<Block> Lesson { get; }
    public IReadOnlyList<Exercise> Exercises { get; }

    public static IEnumerable<string> NamesOf(string course) =>
        Directory.EnumerateFiles(DemoCourse.FolderOf(course), "*.md").Select(file => $"{course}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    public static ChapterSource Read(string name) => new(FrontMatter.Split(File.ReadAllText(DemoCourse.PathOf(name)))!.Value.Markdown);

    /// <summary>The chapters of a course, in their order.</summary>
    public static IReadOnlyList<ChapterSource> All(string course) => [.. NamesOf(course).Select(Read)];

    /// <summary>The exercises beside a chapter, which a reader answers on the page.</summary>
    public static IReadOnlyList<ExerciseSource> Interactive(string name)
    {
        var sheet = Path.ChangeExtension(DemoCourse.PathOf(name), ".exercices.yml");
        var problems = new List<SheetFault>();
        var exercises = File.Exists(sheet) ? ExerciseSheet.Read(File.ReadAllText(sheet), static text => new RichText(text, ""), problems) : [];
        Assert.Empty(problems);
        return exercises;
    }

    [GeneratedRegex("^(?=!!! example \"Exercice )", RegexOptions.Multiline)]
    private static partial Regex ExerciseStart();
}

/// <summary>A statement and its correction.</summary>
public sealed partial class Exercise
{
    public Exercise(string text)
    {
        Title = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        var parts = text.Split("??? success \"Correction\"\n");
        Assert.True(parts.Length == 2, $"{Title}: one correction");
        (StatementText, Statement, CorrectionText, Correction) = (parts[0], Block.Read(parts[0]), parts[1], Block.Read(parts[1]));
    }

    public string Title { get; }
    public string StatementText { get; }
    public IReadOnlyList<Block> Statement { get; }
    public string CorrectionText { get; }
    public IReadOnlyList<Block> Correction { get; }

    /// <summary>The table under « Résultat attendu ».</summary>
    public Block? Expected => Expectation().IsMatch(StatementText) ? Statement.Last(block => block.IsTable) : null;

    /// <summary>The query that shows the expected table, where the exercise is not itself a query.</summary>
    public string? ShownBy => Expectation().Match(StatementText) is { Success: true } match && match.Groups["query"] is { Success: true } query ? query.Value : null;

    /// <summary>The number that begins the correction, in bold.</summary>
    public int? Number => BoldNumber().Match(CorrectionText) is { Success: true } match ? int.Parse(match.Groups["number"].Value) : null;

    [GeneratedRegex("Résultat attendu(?: de `#!sql (?<query>[^`]+)`)?\\s:")]
    private static partial Regex Expectation();

    [GeneratedRegex(@"\A\s*\*\*(?<number>\d+)(\.\*\*|\*\*\s:)", RegexOptions.ExplicitCapture)]
    private static partial Regex BoldNumber();
}

/// <summary>A fence or a table.</summary>
/// <param name="Language">What follows the three backticks; empty for a table.</param>
/// <param name="Adjacent">Nothing but blank lines stands between it and the block before.</param>
public sealed partial record Block(string Language, string? Title, string Text, int Line, bool Adjacent)
{
    /// <summary>The mark of what a pupil has to fill in.</summary>
    public const string Blank = "______";

    public bool IsTable => Language.Length == 0;

    public List<string[]> Rows => [.. Text.Split('\n').Where((_, line) => line != 1).Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    public static List<Block> Read(string text)
    {
        var (blocks, lines, adjacent) = (new List<Block>(), text.Split('\n'), false);
        for (var i = 0; i < lines.Length; i++)
        {
            var start = i;
            var indent = lines[i].Length - lines[i].TrimStart().Length;
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                while (lines[++i].Trim() != "```") { }
                var body = lines[(start + 1)..i].Select(line => line.Length >= indent ? line[indent..] : "");
                blocks.Add(new Block(fence.Groups["language"].Value, fence.Groups["title"] is { Success: true } title ? title.Value : null, string.Join('\n', body), start + 1, adjacent));
                adjacent = true;
            }
            else if (lines[i].TrimStart().StartsWith('|'))
            {
                while (i + 1 < lines.Length && lines[i + 1].TrimStart().StartsWith('|')) i++;
                blocks.Add(new Block("", null, string.Join('\n', lines[start..(i + 1)]), start + 1, adjacent));
                adjacent = true;
            }
            else if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                adjacent = false;
            }
        }

        return blocks;
    }

    [GeneratedRegex("^ *```(?<language>\\w+)(.* title=\"(?<title>[^\"]*)\")?.*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
