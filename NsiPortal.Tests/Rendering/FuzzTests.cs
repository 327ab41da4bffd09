using System.Collections.Concurrent;
using NsiPortal.Rendering.Fuzzing;
using NsiPortal.Rendering.Safety;

namespace NsiPortal.Rendering;

/// <summary>Ten thousand documents made at random; <c>bench fuzz</c> runs the same for longer.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    const int Documents = 10_000;

    [Fact]
    public void No_generated_document_throws_or_leaves_the_allow_list()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var generator = new DocumentGenerator(seed);
        var renderer = new MarkdownRenderer();
        var wrong = new ConcurrentBag<string>();
        var shownAsSource = 0;

        Parallel.For(0, Documents, number =>
        {
            var html = renderer.Render(generator.Document(number)).Html;
            if (html.StartsWith("<pre class=\"source\"", StringComparison.Ordinal)) Interlocked.Increment(ref shownAsSource);
            if (SafetyChecker.Judge(html) is { } reason) wrong.Add($"seed {seed}, document {number}: {reason}");
            if (number % 10 == 0 && HtmlSanitizer.Sanitize(html)?.Html != html) wrong.Add($"seed {seed}, document {number}: not stable");
        });

        Assert.Empty(wrong);
        // Text that is only shown as it was written proves nothing about the parser.
        Assert.True(shownAsSource < Documents / 20, $"{shownAsSource} documents were shown as source (seed {seed})");
    }

    [Theory]
    [InlineData(">", 300_000)]
    [InlineData("> ", 20_000)]
    [InlineData("> a\n>", 300_000)]
    [InlineData("- ", 100_000)]
    [InlineData("[", 100_000)]
    [InlineData("![", 100_000)]
    [InlineData("[a](", 100_000)]
    [InlineData("*a ", 100_000)]
    [InlineData("**a_", 100_000)]
    [InlineData("`", 100_000)]
    [InlineData("``a`", 100_000)]
    [InlineData("|", 100_000)]
    [InlineData("| a | b |\n|---|---|\n", 100_000)]
    [InlineData("$a ", 100_000)]
    [InlineData("\\(", 100_000)]
    [InlineData("\\[\n", 100_000)]
    [InlineData("!!! a\n", 100_000)]
    [InlineData("[^a]: x\n", 100_000)]
    [InlineData("<div>", 100_000)]
    [InlineData("<b>", 100_000)]
    [InlineData("<p><b>", 100_000)]
    [InlineData("<table><tr><td>", 100_000)]
    [InlineData("<!--", 100_000)]
    public void A_text_repeated_without_end_takes_no_time_and_no_stack(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        string? html = null;
        // A third of the stack of a pool thread. Half a second is usual; a minute leaves room for a machine with other work.
        var thread = new Thread(() => html = new MarkdownRenderer().Render(text).Html, maxStackSize: 512 * 1024);
        thread.Start();

        Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "still at it after a minute");
        Assert.Null(SafetyChecker.Judge(html!));
    }

    [Fact]
    public void Deep_nesting_over_many_lines_is_shown_as_it_was_written()
    {
        var lists = string.Join('\n', Enumerable.Range(0, 1000).Select(i => new string(' ', 2 * i) + "- a"));

        var html = new MarkdownRenderer().Render(lists).Html;

        Assert.StartsWith("<pre class=\"source\"", html, StringComparison.Ordinal);
        Assert.Null(SafetyChecker.Judge(html));
    }
}
