namespace NsiPortal.Exchange.Uploads;

/// <summary>Why a file is not taken; the message is a sentence for whoever sent it, in the language of the request.</summary>
/// <param name="reason">A text of <c>Faults.resx</c>, below <c>Upload</c>.</param>
/// <param name="values">What it speaks of.</param>
public sealed class RefusedFileException(string reason, params object[] values) : Exception(Faults.Say($"Upload.{reason}", values))
{
    /// <summary>It is a matter of size.</summary>
    public bool TooLarge { get; init; }
}
