using System.Text;

namespace NsiPortal.Exchange.Csv;

/// <summary>Writes CSV as spreadsheets in French open it with a double click: UTF-8 with its mark, <c>;</c>, CRLF. No field can be computed: see <see cref="CsvFormula"/>.</summary>
public static class CsvWriter
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static byte[] Write(IEnumerable<IEnumerable<string>> records) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text(records))];

    static string Text(IEnumerable<IEnumerable<string>> records)
    {
        var text = new StringBuilder();
        foreach (var record in records) text.AppendJoin(';', record.Select(Field)).Append("\r\n");
        return text.ToString();
    }

    static string Field(string field)
    {
        var safe = CsvFormula.Neutralise(field);
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    // The other separators too: whoever reads the file guesses which it is.
    static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("\";,\t\r\n");
}
