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

        var (alone, inRow) = (contenders.Select(_ => new Sample()).ToList(), contenders.Select(_ => new Sample()).ToList());
        for (var round = -80; round < Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                // Nobody sweeps up after the one before.
                GC.Collect();
                var once = TimeOf(contenders[i].Work, 1);
                GC.Collect();
                var ten = round >= 0 ? TimeOf(contenders[i].Work, 10) : 0;
                if (round < 0) continue;
                alone[i].Add(once);
                inRow[i].Add(ten);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters of Markdown, medians of {Rounds} interleaved rounds: once, and ten times in a row with the garbage that makes"));
        for (var i = 0; i < contenders.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{contenders[i].Name,-36}{alone[i].Median,8:F2} ms   x {alone[i].Median / alone[0].Median:F2}    {inRow[i].Median,8:F2} ms   x {inRow[i].Median / inRow[0].Median:F2}"));
        }

        var ratio = alone[1].Median / alone[0].Median;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"aim 1.5 for our dialect: {Aim.Said(ratio <= 1.5)}"));
        return ratio <= 1.5 ? 0 : 1;
    }

    /// <summary>The time of each, in milliseconds.</summary>
    static double TimeOf(Action work, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++) work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / times;
    }

    static string CourseText()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Content", "bases-de-donnees-et-sql");
        return string.Join("\n\n", Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .Select(file => File.ReadAllText(file).Split("\n---\n", 2)[^1]));
    }
}
