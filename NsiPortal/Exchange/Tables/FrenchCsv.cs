using System.Globalization;
using System.Text;

namespace NsiPortal.Exchange.Tables;

/// <summary>A table for the spreadsheets of French schools: semicolons, decimal commas, UTF-8 with its mark.</summary>
public sealed class FrenchCsv
{
    static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    readonly StringBuilder text = new();

    /// <param name="cells">Texts, numbers, or null for an empty cell.</param>
    public void Add(params IEnumerable<object?> cells) => text.Append(string.Join(';', cells.Select(Cell))).Append("\r\n");

    public byte[] ToBytes() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

    static string Cell(object? value) => value switch
    {
        null => "",
        string typed => Quoted(Harmless(typed)),
        IFormattable number => Quoted(number.ToString(null, French)),
        _ => throw new ArgumentException($"A table holds no {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>What somebody typed is shown by a spreadsheet, never calculated: an apostrophe before it makes it a text.</summary>
    static string Harmless(string typed) => typed.Length > 0 && typed[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + typed : typed;

    static string Quoted(string cell) => cell.AsSpan().ContainsAny(";\"\r\n") || cell.StartsWith(' ') || cell.EndsWith(' ') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
