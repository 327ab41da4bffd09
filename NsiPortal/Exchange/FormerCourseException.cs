namespace NsiPortal.Exchange;

/// <summary>
/// The folder's course does not exist, and a course stands at its former address: only whoever imports it knows whether that is the same one.
/// </summary>
public sealed class FormerCourseException(string formerSlug) : Exception($"A course stands at the former address '{formerSlug}'.")
{
    public string FormerSlug { get; } = formerSlug;
}
