namespace NsiPortal.Exchange;

/// <summary>Why one file of a folder is left out; the reason is in French, for its author.</summary>
sealed class UnusableFileException(int line, string reason) : Exception(reason)
{
    public int Line { get; } = line;
}
