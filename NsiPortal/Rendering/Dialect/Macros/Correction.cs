using System.Text;

namespace NsiPortal.Rendering.Dialect.Macros;

/// <summary>
/// <c>{{ correction(True, """…""") }}</c>: a text that its author shows or hides. Shown, it is a folded correction, unless it is one
/// already; hidden (<c>False</c>), it is no part of the page at all.
/// </summary>
sealed class Correction(string text)
{
    /// <param name="call">What stands between the braces.</param>
    /// <param name="correction">Null when the author hides it.</param>
    public static bool TryRead(ReadOnlySpan<char> call, out Correction? correction)
    {
        correction = null;
        call = call.Trim();
        if (!call.StartsWith("correction", StringComparison.Ordinal)) return false;
        call = call["correction".Length..].TrimStart();
        if (call.IsEmpty || call[0] != '(') return false;
        call = call[1..].TrimStart();
        var shown = call.StartsWith("True", StringComparison.Ordinal);
        if (!shown && !call.StartsWith("False", StringComparison.Ordinal)) return false;
        call = call[(shown ? 4 : 5)..].TrimStart();
        if (call.IsEmpty || call[0] != ',') return false;
        call = call[1..].TrimStart();
        if (call.IsEmpty || call[0] is not ('"' or '\'')) return false;
        var length = MacroScanner.StringLength(call);
        if (length < 2 || call[length..].Trim() is not ")") return false;

        var quotes = length >= 6 && call[1] == call[0] && call[2] == call[0] ? 3 : 1;
        if (shown) correction = new Correction(call[quotes..(length - quotes)].ToString());
        return true;
    }

    public void WriteTo(StringBuilder output, int indent)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        while (lines.Count > 0 && lines[0].Length == 0) lines.RemoveAt(0);
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        if (lines.Count == 0) return;

        var margin = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        output.Append('\n');
        if (!lines[0].TrimStart().StartsWith("???", StringComparison.Ordinal))
        {
            output.Append(' ', indent).Append("??? success \"Correction\"\n");
            indent += 4;
        }

        foreach (var line in lines)
        {
            if (line.Length > 0) output.Append(' ', indent).Append(line.AsSpan(margin));
            output.Append('\n');
        }

        output.Append('\n');
    }
}
