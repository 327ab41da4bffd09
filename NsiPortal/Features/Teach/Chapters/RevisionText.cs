namespace NsiPortal.Features.Teach.Chapters;

/// <summary>All that a revision says, as one text that can be compared.</summary>
static class RevisionText
{
    public static string Of(string title, string summary, string markdown) => $"{title}\n{summary}\n\n{markdown}";
}
