using NsiPortal.Rendering.Fuzzing;

namespace NsiPortal.Rendering;

/// <summary>The dialect as a table: <c>Dialect/dialect.txt</c> holds, under a sentence, what a teacher writes and what the page gets.</summary>
public sealed class DialectTests
{
    static readonly Dictionary<string, (string Markdown, string Html)> Cases = Read();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Markdown_becomes_the_html_of_its_case(string name)
    {
        var (markdown, expected) = Cases[name];

        var html = new MarkdownRenderer().Render(markdown).Html;

        Assert.Equal(expected, html.TrimEnd('\n'), ignoreLineEndingDifferences: true);
        Assert.Null(SafetyChecker.Judge(html));
    }

    static Dictionary<string, (string, string)> Read()
    {
        using var reader = new StreamReader(typeof(DialectTests).Assembly.GetManifestResourceStream("dialect.txt")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split('\n', 2))
            .Select(parts => (Name: parts[0], Halves: parts[1].Split("\n--->\n")))
            .ToDictionary(c => c.Name, c => (c.Halves[0], c.Halves[1].TrimEnd('\n')), StringComparer.Ordinal);
    }
}
