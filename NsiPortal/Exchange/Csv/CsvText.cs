using System.Text;

namespace NsiPortal.Exchange.Csv;

/// <summary>
/// A CSV file as people have them: <c>;</c>, <c>,</c> or tabulations, with or without a byte order mark, in UTF-8, UTF-16 or what Windows writes in France.
/// Records follow RFC 4180; empty lines are none. Nothing is thrown: a record that cannot be read says why and where.
/// </summary>
/// <param name="Separator">The one found.</param>
/// <param name="Records">In the order of the file, the first line included.</param>
public sealed record CsvText(char Separator, IReadOnlyList<CsvRecord> Records)
{
    /// <summary>A quote that is not closed within so many lines was forgotten: the record ends with its first line, and the next line is read again.</summary>
    public const int MaximumLines = 50;

    const string Separators = ";,\t";
    const char Quote = '"';

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Reads a file; see <see cref="CsvFormula"/> for what happens to fields that a spreadsheet would compute.</summary>
    public static CsvText Read(ReadOnlySpan<byte> bytes) => Read(Decode(bytes));

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static CsvText Read(string text)
    {
        var separator = SeparatorOf(text);
        var records = new List<CsvRecord>();
        for (var (at, line) = (0, 1); at < text.Length;)
        {
            var (fields, end, lines, fault) = ReadRecord(text, at, separator);
            // Where the quotes went wrong nobody knows; the next line is worth a try.
            if (fault is not null) (end, lines) = (EndOfLine(text, at), 1);
            if (fault is not null || fields is not [""]) records.Add(new CsvRecord(line, fault is null ? fields.ConvertAll(CsvFormula.Restore) : [], fault));
            at = end;
            line += lines;
        }

        return new CsvText(separator, records);
    }

    /// <summary>The text of a file; bytes that are no UTF-8 are Windows-1252, which has all that Latin-1 can show.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
        else if (bytes.StartsWith(Encoding.Unicode.Preamble)) return Encoding.Unicode.GetString(bytes[2..]);
        else if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(bytes);
        }
    }

    /// <summary>The one that the first line which has one has most of, outside quotes: a list may begin with a title, or with names alone.</summary>
    static char SeparatorOf(string text)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in text)
        {
            if (c == Quote) quoted = !quoted;
            if (quoted) continue;
            if (c is '\r' or '\n')
            {
                if (counts.Any(count => count > 0)) break;
                continue;
            }

            if (Separators.IndexOf(c, StringComparison.Ordinal) is var known and >= 0) counts[known]++;
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    static (List<string> Fields, int End, int Lines, CsvFault? Fault) ReadRecord(string text, int at, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var lines = 1;
        while (true)
        {
            field.Clear();
            if (at < text.Length && text[at] == Quote)
            {
                for (at++; ; at++)
                {
                    if (at == text.Length || lines > MaximumLines) return (fields, at, lines, CsvFault.OpenQuote);
                    var c = text[at];
                    if (c == Quote)
                    {
                        if (at + 1 == text.Length || text[at + 1] != Quote) break;
                        at++;
                    }
                    else if (c == '\n' || (c == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
                    {
                        lines++;
                    }

                    field.Append(c);
                }

                at++;
                if (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n')) return (fields, at, lines, CsvFault.TextAfterQuote);
            }
            else
            {
                var start = at;
                while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n')) at++;
                field.Append(text, start, at - start);
            }

            fields.Add(field.ToString());
            if (at == text.Length || text[at] != separator) return (fields, EndOfLine(text, at), lines, null);
            at++;
        }
    }

    static int EndOfLine(string text, int at)
    {
        while (at < text.Length && text[at] is not ('\r' or '\n')) at++;
        if (at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n') at++;
        return Math.Min(at + 1, text.Length);
    }
}

/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Fields">None when there is a fault.</param>
/// <param name="Fault">Why it cannot be read.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, CsvFault? Fault = null)
{
    /// <summary>The field in that place, without the blanks around it; nothing where the record is shorter, or for a column that the file does not have (-1).</summary>
    public string this[int column] => column >= 0 && column < Fields.Count ? Fields[column].Trim() : "";
}

public enum CsvFault
{
    /// <summary>A quote opens a field and nothing closes it.</summary>
    OpenQuote,

    /// <summary>Something stands between a closing quote and the separator.</summary>
    TextAfterQuote,
}
