namespace NsiPortal.Accounts;

/// <summary>The session could not be read, or what was entered could not be kept in it. Nothing of the request's answer was sent.</summary>
/// <param name="writing">It was read, and could not be kept.</param>
/// <param name="inner">Why.</param>
public sealed class SessionUnavailableException(bool writing, Exception inner)
    : Exception($"The session could not be {(writing ? "written" : "read")}: {inner.Message}", inner)
{
    public bool Writing { get; } = writing;
}
