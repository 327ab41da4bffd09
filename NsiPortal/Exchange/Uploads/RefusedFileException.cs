namespace NsiPortal.Exchange.Uploads;

/// <summary>Why a file is not taken; the reason is a sentence in French, for whoever sent it.</summary>
public sealed class RefusedFileException(string reason) : Exception(reason);
