using System.Text.RegularExpressions;

namespace NsiPortal.Domain.Courses;

/// <summary>What changed between two texts, line by line, with the words that changed in a line that was only altered.</summary>
public static partial class TextDiff
{
    /// <summary>Beyond it a comparison costs more than it tells: all that is between the equal ends has changed.</summary>
    const int MaximumCells = 4_000_000;
    const int MaximumWordCells = 250_000;
    const int MaximumWordsOf = 4_000;
    const int MaximumPairs = 200;

    public static IReadOnlyList<DiffLine> Between(string before, string after)
    {
        var lines = new List<DiffLine>();
        var (removed, added) = (new List<string>(), new List<string>());
        foreach (var (kind, text) in Compare(Lines(before), Lines(after), MaximumCells))
        {
            if (kind == DiffKind.Removed) removed.Add(text);
            else if (kind == DiffKind.Added) added.Add(text);
            else
            {
                Flush();
                lines.Add(new DiffLine(DiffKind.Same, [new DiffPiece(text, false)]));
            }
        }

        Flush();
        return lines;

        void Flush()
        {
            var pairs = removed.Count <= MaximumPairs && added.Count <= MaximumPairs ? removed.Zip(added, Words).ToList() : [];
            lines.AddRange(removed.Select((text, i) => new DiffLine(DiffKind.Removed, i < pairs.Count ? pairs[i].Before : [new DiffPiece(text, false)])));
            lines.AddRange(added.Select((text, i) => new DiffLine(DiffKind.Added, i < pairs.Count ? pairs[i].After : [new DiffPiece(text, false)])));
            removed.Clear();
            added.Clear();
        }
    }

    /// <summary>Only what changed and a few lines around it; a gap tells how many lines are left out.</summary>
    public static IReadOnlyList<DiffLine> Fold(IReadOnlyList<DiffLine> lines, int context = 3)
    {
        var shown = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].Kind != DiffKind.Same)
                for (var near = Math.Max(0, i - context); near <= Math.Min(lines.Count - 1, i + context); near++) shown[near] = true;

        var folded = new List<DiffLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (shown[i]) folded.Add(lines[i]);
            else if (folded is [.., { Kind: DiffKind.Gap } gap]) folded[^1] = gap with { Skipped = gap.Skipped + 1 };
            else folded.Add(new DiffLine(DiffKind.Gap, []) { Skipped = 1 });
        }

        return folded;
    }

    static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    static (IReadOnlyList<DiffPiece> Before, IReadOnlyList<DiffPiece> After) Words(string before, string after)
    {
        if (before.Length > MaximumWordsOf || after.Length > MaximumWordsOf) return ([new DiffPiece(before, false)], [new DiffPiece(after, false)]);
        var (left, right) = (Word().Matches(before).Select(m => m.Value).ToArray(), Word().Matches(after).Select(m => m.Value).ToArray());
        var compared = Compare(left, right, MaximumWordCells);
        // Two lines that have little in common are two lines: marks all over them tell nothing.
        var same = compared.Where(piece => piece.Kind == DiffKind.Same).Sum(piece => piece.Text.Trim().Length);
        return 3 * same < Math.Max(before.Trim().Length, after.Trim().Length)
            ? ([new DiffPiece(before, false)], [new DiffPiece(after, false)])
            : (Pieces(DiffKind.Removed), Pieces(DiffKind.Added));

        List<DiffPiece> Pieces(DiffKind kind)
        {
            var pieces = new List<DiffPiece>();
            foreach (var (of, text) in compared.Where(piece => piece.Kind == kind || piece.Kind == DiffKind.Same))
            {
                if (pieces is [.., var last] && last.Changed == (of == kind)) pieces[^1] = last with { Text = last.Text + text };
                else pieces.Add(new DiffPiece(text, of == kind));
            }

            return pieces;
        }
    }

    /// <summary>The longest common subsequence between the ends that are equal.</summary>
    static List<(DiffKind Kind, string Text)> Compare(string[] before, string[] after, int maximumCells)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start]) start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)]) end++;

        var result = before[..start].Select(text => (DiffKind.Same, text)).ToList();
        var (left, right) = (before[start..^end], after[start..^end]);
        if ((long)left.Length * right.Length > maximumCells)
        {
            result.AddRange(left.Select(text => (DiffKind.Removed, text)));
            result.AddRange(right.Select(text => (DiffKind.Added, text)));
        }
        else
        {
            var common = new int[left.Length + 1, right.Length + 1];
            for (var i = left.Length - 1; i >= 0; i--)
                for (var j = right.Length - 1; j >= 0; j--)
                    common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

            var (l, r) = (0, 0);
            while (l < left.Length || r < right.Length)
            {
                if (l < left.Length && r < right.Length && left[l] == right[r])
                {
                    result.Add((DiffKind.Same, left[l++]));
                    r++;
                }
                else if (r == right.Length || (l < left.Length && common[l + 1, r] >= common[l, r + 1])) result.Add((DiffKind.Removed, left[l++]));
                else result.Add((DiffKind.Added, right[r++]));
            }
        }

        result.AddRange(before[^end..].Select(text => (DiffKind.Same, text)));
        return result;
    }

    [GeneratedRegex(@"\w+|\s+|[^\w\s]", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Word();
}

public enum DiffKind
{
    Same,
    Removed,
    Added,

    /// <summary>Lines that are equal and left out.</summary>
    Gap,
}

/// <summary>A line of either text or of both.</summary>
public sealed record DiffLine(DiffKind Kind, IReadOnlyList<DiffPiece> Pieces)
{
    /// <summary>How many lines a gap stands for.</summary>
    public int Skipped { get; init; }
}

/// <param name="Changed">Whether the other line has it not.</param>
public sealed record DiffPiece(string Text, bool Changed);
