namespace NsiPortal.Commands;

/// <summary>A table for a terminal: columns as wide as their widest cell, two blanks between them.</summary>
static class TextTable
{
    /// <param name="header">The names of the columns; one that begins with a blank is a column of numbers, set to the right.</param>
    /// <param name="rows">As many cells each as there are columns.</param>
    public static IEnumerable<string> Lines(string[] header, IReadOnlyCollection<string[]> rows)
    {
        var numbers = header.Select(name => name.StartsWith(' ')).ToArray();
        string[] names = [.. header.Select(name => name.Trim())];
        var widths = names.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        return rows.Prepend(names).Select(row => string.Join("  ",
            row.Select((cell, column) => numbers[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
