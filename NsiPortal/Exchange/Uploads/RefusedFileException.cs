namespace NsiPortal.Exchange.Uploads;

/// <summary>Why a file is not taken; the reason is a sentence in French, for whoever sent it.</summary>
/// <param name="tooLarge">It is a matter of size.</param>
public sealed class RefusedFileException(string reason, bool tooLarge = false) : Exception(reason)
{
    public bool TooLarge { get; } = tooLarge;
}
