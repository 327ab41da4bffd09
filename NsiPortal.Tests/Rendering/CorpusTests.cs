using System.Reflection;
using NsiPortal.Rendering.Fuzzing;

namespace NsiPortal.Rendering;

/// <summary>
/// What teachers write, construct by construct: <c>Corpus/*.txt</c>. A case is a sentence behind <c>%%</c>, then perhaps lines behind <c>%#</c> that say
/// where we choose to differ from Python-Markdown with pymdownx, the text, a line <c>---></c>, and the HTML. Each was compared with what those make of it.
/// </summary>
public sealed class CorpusTests
{
    static readonly Dictionary<string, (string Markdown, string Html)> Cases = Read();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void The_corpus_is_not_small() => Assert.True(Cases.Count >= 300, $"{Cases.Count} cases");

    [Theory, MemberData(nameof(Names))]
    public void A_text_becomes_the_html_of_its_case(string name)
    {
        var (markdown, expected) = Cases[name];

        var html = new MarkdownRenderer().Render(markdown).Html;

        Assert.Equal(expected, html.TrimEnd('\n'), ignoreLineEndingDifferences: true);
        Assert.Null(SafetyChecker.Judge(html));
    }

    static Dictionary<string, (string, string)> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var cases = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.StartsWith("corpus/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            foreach (var text in ("\n" + reader.ReadToEnd().ReplaceLineEndings("\n")).Split("\n%% ").Skip(1))
            {
                var lines = text.Split('\n');
                var body = string.Join('\n', lines.Skip(1).SkipWhile(line => line.StartsWith("%# ", StringComparison.Ordinal)));
                var halves = body.Split("\n--->\n");
                cases.Add($"{Path.GetFileNameWithoutExtension(file)}: {lines[0]}", (halves[0], halves[1].TrimEnd('\n')));
            }
        }

        return cases;
    }
}
