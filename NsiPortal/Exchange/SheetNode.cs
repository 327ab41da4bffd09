namespace NsiPortal.Exchange;

/// <summary>A piece of an exercise sheet and the line on which it begins.</summary>
abstract class SheetNode(int line)
{
    public int Line { get; } = line;

    public UnusableFileException Fault(string fault, params object[] values) => Faults.Of(Line, fault, values);
}

/// <param name="text">Null where nothing is written. « null » is a text: it is an answer to more than one question on SQL.</param>
sealed class SheetText(int line, string? text) : SheetNode(line)
{
    public string? Text { get; } = text;
}

sealed class SheetList(int line, IReadOnlyList<SheetNode> items) : SheetNode(line)
{
    public IReadOnlyList<SheetNode> Items { get; } = items;
}
