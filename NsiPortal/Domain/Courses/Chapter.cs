using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Courses;

/// <summary>A chapter: its Markdown source, and the safe HTML that was rendered from it when it was saved.</summary>
public sealed class Chapter
{
    readonly List<ProgrammeContent> contents = [];
    readonly List<Exercise> exercises = [];
    readonly List<ChapterRevision> revisions = [];

    Chapter() { }

    internal Chapter(Course course, string slug, string title, int position)
    {
        Course = course;
        Slug = Guard.Slug(slug);
        Title = Guard.Text(title, Course.MaxTitleLength);
        Position = position;
    }

    public int Id { get; private set; }
    public int CourseId { get; private set; }
    public Course Course { get; private set; } = null!;
    public string Slug { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public int Position { get; private set; }
    public bool Published { get; private set; }

    /// <summary>When a scheduled publication is due (UTC); see <see cref="Course.PublishAt"/>.</summary>
    public DateTimeOffset? PublishAt { get; private set; }

    /// <summary>When it went into the bin (UTC); see <see cref="Course.DeletedAt"/>.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <inheritdoc cref="Course.WasPublished"/>
    public bool? WasPublished { get; private set; }

    public string Markdown { get; private set; } = "";
    public string Html { get; private set; } = "";
    public IReadOnlyList<TocEntry> TableOfContents { get; private set; } = [];
    public int ReadingMinutes { get; private set; }

    /// <summary>The version of the renderer that made <see cref="Html"/>; an older one is rendered again at start.</summary>
    public int RendererVersion { get; private set; }

    /// <summary>The number of its last revision; 0 when nobody has released any.</summary>
    public int Revision { get; private set; }

    public IReadOnlyList<ChapterRevision> Revisions => revisions;

    /// <summary>What its authors are writing, which readers do not see; null when that is nothing else than what they see.</summary>
    public ChapterDraft? Draft { get; private set; }

    /// <summary>The contents of the official programme that the chapter covers.</summary>
    public IReadOnlyList<ProgrammeContent> Contents => contents;

    /// <summary>Retired ones included.</summary>
    public IReadOnlyList<Exercise> Exercises => exercises;

    public void Describe(string title, string summary, int position)
    {
        Title = Guard.Text(title, Course.MaxTitleLength);
        Summary = Guard.OptionalText(summary, Course.MaxSummaryLength);
        Position = position;
    }

    /// <summary>Replaces the source, whose lines end alike however they were typed, and what was rendered from it.</summary>
    public void Write(string markdown, RenderedText rendered)
    {
        Markdown = markdown.ReplaceLineEndings("\n");
        Show(rendered);
    }

    /// <summary>Replaces the HTML of the same source, made by a newer renderer.</summary>
    public void Show(RenderedText rendered)
    {
        Html = rendered.Html;
        TableOfContents = rendered.TableOfContents;
        ReadingMinutes = rendered.ReadingMinutes;
        RendererVersion = rendered.RendererVersion;
    }

    public void Cover(IEnumerable<ProgrammeContent> covered)
    {
        var wanted = covered.Distinct().ToList();
        contents.RemoveAll(c => !wanted.Contains(c));
        contents.AddRange(wanted.Except(contents));
    }

    public Exercise AddExercise(string key)
    {
        var exercise = new Exercise(this, Guard.Slug(key));
        exercises.Add(exercise);
        return exercise;
    }

    /// <summary>Puts an exercise at a place among those that are asked, from 1; the others make room. One that was retired is asked again.</summary>
    public void Arrange(Exercise exercise, int number)
    {
        var asked = exercises.Where(e => !e.Retired && e != exercise).OrderBy(e => e.Number).ToList();
        asked.Insert(Math.Clamp(number, 1, asked.Count + 1) - 1, exercise);
        for (var place = 0; place < asked.Count; place++) asked[place].Place(place + 1);
    }

    /// <summary>An exercise is no longer asked, and leaves no gap behind.</summary>
    public void Retire(Exercise exercise)
    {
        Arrange(exercise, int.MaxValue);
        exercise.Retire();
    }

    public void Publish()
    {
        if (DeletedAt is not null) throw new InvalidOperationException("A chapter in the bin is published by nobody.");
        Published = true;
        PublishAt = null;
    }

    public void Unpublish() => Published = false;

    /// <summary>Hides the chapter until then.</summary>
    public void SchedulePublication(DateTimeOffset at)
    {
        Published = false;
        // As for a course.
        PublishAt = at.ToUniversalTime().AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public void Unschedule() => PublishAt = null;

    /// <inheritdoc cref="Course.PublishIfDue"/>
    public bool PublishIfDue(DateTimeOffset now)
    {
        if (PublishAt is not { } at || at > now) return false;
        Publish();
        return true;
    }

    /// <inheritdoc cref="Course.Delete"/>
    public void Delete(DateTimeOffset now)
    {
        if (DeletedAt is not null) return;
        (DeletedAt, WasPublished) = (now, Published);
        Unpublish();
        Unschedule();
    }

    /// <inheritdoc cref="Course.Restore"/>
    public void Restore()
    {
        if (DeletedAt is null) return;
        var published = WasPublished == true;
        (DeletedAt, WasPublished) = (null, null);
        if (published) Publish();
    }

    /// <summary>Keeps what the chapter says now as its next revision.</summary>
    /// <param name="authorId">Who released it; null for a command.</param>
    /// <param name="note">What changed, in its author's words.</param>
    /// <param name="now">The time.</param>
    public ChapterRevision Keep(int? authorId, string note, DateTimeOffset now)
    {
        var revision = new ChapterRevision(this, ++Revision, authorId, note, now);
        revisions.Add(revision);
        return revision;
    }

    /// <summary>Moves the chapter to a place among the others of its course.</summary>
    public void Place(int position) => Position = position;

    /// <summary>The draft, begun now if there is none.</summary>
    public ChapterDraft Redraft() => Draft ??= new ChapterDraft(this);

    /// <summary>There is nothing else any more than what the chapter says.</summary>
    public void ForgetDraft() => Draft = null;

    /// <summary>Gives the chapter a new address; see <see cref="Course.MoveTo"/>.</summary>
    public OldSlug? MoveTo(string slug)
    {
        if (slug == Slug) return null;
        var old = OldSlug.OfChapter(this, Slug);
        Slug = Guard.Slug(slug);
        return old;
    }

    /// <summary>An address that the chapter had before it came to this database.</summary>
    public OldSlug WasAt(string slug) => OldSlug.OfChapter(this, Guard.Slug(slug));

    /// <summary>Moves the chapter to another course, at its end; see <see cref="Course.MoveTo"/>.</summary>
    public OldSlug? MoveTo(Course course, int position)
    {
        if (course == Course) return null;
        var old = OldSlug.OfChapter(this, Slug);
        Course = course;
        Position = position;
        return old;
    }
}
