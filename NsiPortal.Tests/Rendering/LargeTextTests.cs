using System.Diagnostics;
using NsiPortal.Rendering.Fuzzing;

namespace NsiPortal.Rendering;

/// <summary>Texts that are absurd, or only large: each is shown, as what it is or as it was written.</summary>
public sealed class LargeTextTests
{
    readonly MarkdownRenderer renderer = new();

    [Fact]
    public void Three_hundred_kilobytes_of_nested_quotes_are_shown_as_they_were_written()
    {
        var html = renderer.Render(new string('>', 300_000)).Html;

        Assert.StartsWith("<pre class=\"source\"", html, StringComparison.Ordinal);
        Assert.Null(SafetyChecker.Judge(html));
    }

    [Fact]
    public void A_table_of_two_thousand_rows_is_a_table()
    {
        var markdown = "| n | carré |\n|---|---|\n" + string.Concat(Enumerable.Range(1, 2000).Select(n => $"| {n} | `{n * n}` |\n"));
        var clock = Stopwatch.StartNew();

        var html = renderer.Render(markdown).Html;

        Assert.Equal(2001, html.Split("<tr>").Length - 1);
        Assert.Contains("<td>2000</td><td><code>4000000</code></td>", html, StringComparison.Ordinal);
        // A tenth of a second is usual.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("=== \"A\"\n", 100_000)]
    [InlineData("[a](b){: .x }", 50_000)]
    [InlineData("{: .x }", 100_000)]
    [InlineData("{{ ", 100_000)]
    [InlineData("{{ \"\"\"\n", 100_000)]
    [InlineData("{{ a }}\n", 100_000)]
    [InlineData("{# ", 100_000)]
    [InlineData("{++a", 100_000)]
    [InlineData("{++a++}", 100_000)]
    [InlineData("{~~a~>", 100_000)]
    [InlineData("++a+", 100_000)]
    [InlineData("^a", 100_000)]
    [InlineData("~a", 100_000)]
    [InlineData("==a ", 100_000)]
    [InlineData(":a", 100_000)]
    [InlineData(":heart:", 100_000)]
    [InlineData("*[A]: b\n", 100_000)]
    [InlineData("<div markdown>\n", 100_000)]
    [InlineData("--8<-- \"a\"\n", 100_000)]
    [InlineData("{{ correction(True, \"\"\"\n", 100_000)]
    public void A_piece_of_the_dialect_repeated_without_end_takes_no_time_and_no_stack(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        string? html = null;
        var thread = new Thread(() => html = new MarkdownRenderer().Render(text).Html, maxStackSize: 512 * 1024);
        thread.Start();

        Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "still at it after a minute");
        Assert.Null(SafetyChecker.Judge(html!));
    }

    [Fact]
    public void A_thousand_abbreviations_in_a_long_text_take_no_time()
    {
        var markdown = string.Concat(Enumerable.Range(0, 1000).Select(n => $"*[AB{n}]: mot {n}\n")) + "\n" + string.Concat(Enumerable.Range(0, 10_000).Select(n => $"AB{n % 1000} et\n"));
        var clock = Stopwatch.StartNew();

        Assert.Contains("<abbr title=\"mot 7\">AB7</abbr>", renderer.Render(markdown).Html, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
    }
}
