namespace NsiPortal.Exchange;

/// <summary>Why one file of a folder, or one exercise, is left out; the reason is for its author.</summary>
sealed class UnusableFileException(int line, string reason) : Exception(reason)
{
    public int Line { get; } = line;

    /// <summary>The reason for who fills in a form, which has fields and no keys.</summary>
    public string InForm { get; init; } = reason;
}
