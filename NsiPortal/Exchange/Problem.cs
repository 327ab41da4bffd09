using System.Globalization;
using System.Text;

namespace NsiPortal.Exchange;

/// <summary>Something that was left out, where, and why, in French: it is told at the console.</summary>
public sealed record Problem(string File, int Line, string Reason)
{
    const int MaximumLength = 400;

    /// <summary>One line, whatever the file is called and holds: it is read in a terminal and in a log.</summary>
    public override string ToString() => $"{Printable(File)}:{Line} : {Printable(Reason)}";

    /// <summary>A text of somebody else's, which may be meant to move a terminal's cursor or to look like another line.</summary>
    internal static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var c in text.Length <= MaximumLength ? text : text[..MaximumLength] + "…")
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                printable.Append($"\\u{(int)c:X4}");
            else printable.Append(c);
        }

        return printable.ToString();
    }
}
