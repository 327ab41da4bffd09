using System.Text;

namespace NsiPortal.Exchange.Tables;

/// <param name="Line">Where it begins in the text, from 1.</param>
public sealed record TableRow(int Line, IReadOnlyList<string> Cells);

/// <summary>A table as text, with « ; », « , » or tabulators between its cells.</summary>
public static class SeparatedTable
{
    static readonly char[] Separators = [';', '\t', ','];

    /// <summary>The rows that are not empty. Nothing is refused: a quotation mark that is never closed ends with the text.</summary>
    public static IReadOnlyList<TableRow> Read(string text)
    {
        text = text.TrimStart('\uFEFF');
        var separator = SeparatorOf(text);
        var rows = new List<TableRow>();
        var (cells, cell, quoted, line, begin) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var ends = c is '\n' || (c is '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));
            if (ends) line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(cell.ToString()))
            {
                cell.Clear();
                quoted = true;
            }
            else if (c == separator)
            {
                EndCell();
            }
            else if (ends)
            {
                EndRow();
                begin = line;
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        EndRow();
        return rows;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            if (cells.Exists(value => value.Length > 0)) rows.Add(new TableRow(begin, [.. cells]));
            cells.Clear();
        }
    }

    /// <summary>The one that the first line which has one has most often, outside quotation marks.</summary>
    static char SeparatorOf(string text)
    {
        Span<int> counts = stackalloc int[Separators.Length];
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c is '\n' or '\r' && counts.ContainsAnyExcept(0)) break;
            if (Array.IndexOf(Separators, c) is >= 0 and var place) counts[place]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best]) best = i;
        }

        return Separators[best];
    }
}
