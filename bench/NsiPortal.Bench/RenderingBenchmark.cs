using System.Diagnostics;
using System.Globalization;
using Markdig;
using NsiPortal.Rendering;

namespace NsiPortal.Bench;

/// <summary>
/// How much our rendering (dialect, allow-list, table of contents) costs beside Markdig with its advanced extensions and no safety at all:
/// one course, some 100 KB of Markdown; medians of interleaved rounds.
/// </summary>
static class RenderingBenchmark
{
    const int Rounds = 41;

    public static int Run()
    {
        var text = CourseText();
        var renderer = new MarkdownRenderer();
        var advanced = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();
        var contenders = new (string Name, Action Work)[]
        {
            ("Markdig, advanced extensions", () => Markdown.ToHtml(text, advanced)),
            ("our dialect, before the sanitiser", () => renderer.ToUnsafeHtml(text)),
            ("rendered", () => renderer.Render(text)),
        };

        var times = contenders.Select(_ => new List<double>()).ToList();
        for (var round = -80; round < Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                contenders[i].Work();
                if (round >= 0) times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var medians = times.Select(t => t.Order().ElementAt(t.Count / 2)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters of Markdown, medians of {Rounds} interleaved rounds"));
        for (var i = 0; i < contenders.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contenders[i].Name,-36}{medians[i],8:F2} ms   x {medians[i] / medians[0]:F2}"));
        }

        return 0;
    }

    static string CourseText()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Content", "bases-de-donnees-et-sql");
        return string.Join("\n\n", Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .Select(file => File.ReadAllText(file).Split("\n---\n", 2)[^1]));
    }
}
