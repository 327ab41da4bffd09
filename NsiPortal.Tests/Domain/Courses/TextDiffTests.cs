namespace NsiPortal.Domain.Courses;

public sealed class TextDiffTests
{
    [Fact]
    public void A_line_that_was_altered_shows_which_words()
    {
        var lines = TextDiff.Between("Un titre\nUne clé primaire est unique.\nFin", "Un titre\nUne clé étrangère est unique.\nFin");

        Assert.Equal([DiffKind.Same, DiffKind.Removed, DiffKind.Added, DiffKind.Same], lines.Select(line => line.Kind));
        Assert.Equal(["primaire"], lines[1].Pieces.Where(piece => piece.Changed).Select(piece => piece.Text));
        Assert.Equal(["étrangère"], lines[2].Pieces.Where(piece => piece.Changed).Select(piece => piece.Text));
        Assert.Equal("Une clé étrangère est unique.", string.Concat(lines[2].Pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public void Lines_that_have_little_in_common_are_not_compared_word_by_word()
    {
        var lines = TextDiff.Between("Les jointures relient deux tables", "print(42)");
        Assert.DoesNotContain(lines, line => line.Pieces.Any(piece => piece.Changed));
    }

    [Fact]
    public void A_line_without_end_is_not_compared_word_by_word()
    {
        var line = string.Concat(Enumerable.Repeat("mot ", 2000));
        Assert.DoesNotContain(TextDiff.Between(line + "un", line + "deux"), shown => shown.Pieces.Any(piece => piece.Changed));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "a\nb")]
    [InlineData("a\nb", "")]
    [InlineData("a\nb\nc", "a\nc")]
    [InlineData("a\nb\nc\nb", "b\na\nb\nb\nc")]
    [InlineData("x\r\ny", "x\ny\n")]
    public void Either_text_can_be_read_in_the_difference(string before, string after)
    {
        var lines = TextDiff.Between(before, after);
        Assert.Equal(before.ReplaceLineEndings("\n"), Text(DiffKind.Removed));
        Assert.Equal(after.ReplaceLineEndings("\n"), Text(DiffKind.Added));

        string Text(DiffKind kind) => string.Join('\n', lines.Where(line => line.Kind == kind || line.Kind == DiffKind.Same).Select(line => string.Concat(line.Pieces.Select(piece => piece.Text))));
    }

    [Fact]
    public void What_is_equal_is_left_out_far_from_what_changed()
    {
        var before = string.Join('\n', Enumerable.Range(1, 50));
        var folded = TextDiff.Fold(TextDiff.Between(before, before.Replace("25", "vingt-cinq", StringComparison.Ordinal)));

        Assert.Equal([DiffKind.Gap, DiffKind.Same, DiffKind.Same, DiffKind.Same, DiffKind.Removed, DiffKind.Added, DiffKind.Same, DiffKind.Same, DiffKind.Same, DiffKind.Gap], folded.Select(line => line.Kind));
        Assert.Equal([21, 22], folded.Where(line => line.Kind == DiffKind.Gap).Select(line => line.Skipped));
    }

    // A megabyte that has nothing in common with another is told as such, not compared for minutes.
    [Fact(Timeout = 20_000)]
    public Task Two_large_texts_that_differ_everywhere_cost_little() => Task.Run(() =>
    {
        var lines = TextDiff.Between(Many("a"), Many("b"));
        Assert.Equal(40_000, lines.Count);

        static string Many(string word) => string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"{word} {i}"));
    }, TestContext.Current.CancellationToken);
}
