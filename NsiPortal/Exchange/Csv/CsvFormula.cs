namespace NsiPortal.Exchange.Csv;

/// <summary>
/// Spreadsheets compute a field that begins with one of a few signs, whoever wrote it. An apostrophe before it makes it a text; it is taken away when the
/// file is read, so that what is written is what is read.
/// </summary>
static class CsvFormula
{
    // The last four are the wide forms of the first.
    const string Signs = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The field as it may be written: numbers as they are.</summary>
    // A text that has an apostrophe of its own before the sign gets another, or reading would take its own.
    public static string Neutralise(string field) => BeginsWithSign(field.AsSpan().TrimStart('\'')) && !IsNumber(field) ? "'" + field : field;

    public static string Restore(string field) => field.StartsWith('\'') && BeginsWithSign(field.AsSpan().TrimStart('\'')) ? field[1..] : field;

    static bool BeginsWithSign(ReadOnlySpan<char> text) => text is [var first, ..] && Signs.Contains(first, StringComparison.Ordinal);

    // Only a minus is both a sign and the beginning of a number.
    static bool IsNumber(string field) => field[0] == '-' && field[1..].Split('.', ',') is { Length: <= 2 } parts && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit));
}
