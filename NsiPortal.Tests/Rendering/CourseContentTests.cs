using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NsiPortal.Rendering.Fuzzing;

namespace NsiPortal.Rendering;

/// <summary>The courses that travel with the portal render whole: no mark of the dialect is left, every figure is there.</summary>
public sealed class CourseContentTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Content");

    public static TheoryData<string> Chapters =>
        [.. Directory.GetFiles(Folder, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Chapters))]
    public void A_chapter_renders_without_leftovers(string chapter)
    {
        var file = Path.Combine(Folder, chapter);
        var markdown = File.ReadAllText(file).ReplaceLineEndings("\n").Split("\n---\n", 2)[1];

        var text = new MarkdownRenderer().Render(markdown);

        Assert.Null(SafetyChecker.Judge(text.Html));
        var page = new HtmlParser().ParseDocument(text.Html);
        var prose = string.Concat(page.Body!.Descendants<IText>().Where(t => t.ParentElement!.Closest("pre, .math") is null).Select(t => t.Data));
        foreach (var mark in (string[])["!!!", "???", "#!", @"\[", @"\(", "$", "**", "```", "[^", "|--"]) Assert.DoesNotContain(mark, prose, StringComparison.Ordinal);
        Assert.NotEmpty(text.TableOfContents);
        Assert.True(text.ReadingMinutes > 3);

        var figures = page.QuerySelectorAll("figure.figure > img").Select(img => img.GetAttribute("src")!).ToList();
        Assert.Equal(Regex.Count(markdown, @"!\[[^\]]*\]\(figures/", RegexOptions.None, TimeSpan.FromSeconds(1)), figures.Count);
        Assert.All(figures, src => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(file)!, src.Replace("fichiers/", "figures/", StringComparison.Ordinal))), src));
        Assert.Equal(Regex.Count(markdown, @"^ *(!!!|\?\?\?)", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), page.QuerySelectorAll(".admonition").Length);
    }
}
