using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Search;

/// <summary>
/// What search knows of a chapter, published or not: its words, and those of what is asked in it. Never what is right: no correction, no hint, no
/// accepted answer. The columns that end in <c>Words</c> are what the database's index is made of.
/// </summary>
public sealed class SearchText
{
    /// <summary>To be raised when the same chapter would be indexed otherwise: all are indexed anew at the next start.</summary>
    public const int CurrentVersion = 1;

    /// <summary>A book of a hundred pages; what stands behind is not found. PostgreSQL indexes no more than a mebibyte.</summary>
    const int MaxTextLength = 200_000;

    SearchText() { }

    public SearchText(int chapterId) => ChapterId = chapterId;

    public int ChapterId { get; private set; }

    /// <summary>In plain text, for excerpts.</summary>
    public string Text { get; private set; } = "";

    public string TitleWords { get; private set; } = "";
    public string HeadingWords { get; private set; } = "";
    public string CourseWords { get; private set; } = "";
    public string TextWords { get; private set; } = "";

    /// <summary>The <see cref="CurrentVersion"/> that made it.</summary>
    public int Version { get; private set; }

    /// <param name="chapter">As it is now.</param>
    /// <param name="courseTitle">Of its course.</param>
    /// <param name="exercises">Those that are asked, in their order.</param>
    public void Read(Chapter chapter, string courseTitle, IReadOnlyList<Exercise> exercises)
    {
        var text = string.Join(' ', exercises.SelectMany(exercise => new[] { exercise.Title, HtmlText.Of(exercise.Content.Statement.Html) }).Prepend(HtmlText.Of(chapter.Html)));
        Text = text.Start(MaxTextLength);
        TitleWords = SearchWords.Index(chapter.Title);
        HeadingWords = SearchWords.Index(string.Join(' ', chapter.TableOfContents.Select(entry => entry.Text).Concat(exercises.Select(exercise => exercise.Title))));
        CourseWords = SearchWords.Index(courseTitle);
        TextWords = SearchWords.Index(Text);
        Version = CurrentVersion;
    }
}
