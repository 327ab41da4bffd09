namespace NsiPortal.Domain.Courses;

/// <summary>A course: an ordered list of chapters that a teacher publishes as one.</summary>
public sealed class Course
{
    readonly List<Chapter> chapters = [];
    readonly List<CourseFile> files = [];
    readonly List<CourseAuthor> authors = [];

    Course() { }

    public Course(string slug, string title, Level level)
    {
        Slug = Guard.Slug(slug);
        Title = Guard.Text(title, MaxTitleLength);
        Level = level;
    }

    public const int MaxTitleLength = 160;
    public const int MaxSummaryLength = 600;

    public int Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public Level Level { get; private set; }
    public int Position { get; private set; }
    public string? Author { get; private set; }
    public string? Licence { get; private set; }

    /// <summary>The only thing that decides whether readers see the course; no query compares <see cref="PublishAt"/> with the clock.</summary>
    public bool Published { get; private set; }

    /// <summary>When a scheduled publication is due (UTC); the publication itself is an ordinary write. A course that is published has none.</summary>
    public DateTimeOffset? PublishAt { get; private set; }

    /// <summary>Folded away by its authors, and then not published (UTC).</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>When it went into the bin (UTC), from which it comes back for <see cref="Bin.Days"/> days. Until then nobody sees it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Whether it was published when it went into the bin; null when it is not there.</summary>
    public bool? WasPublished { get; private set; }

    public IReadOnlyList<Chapter> Chapters => chapters;
    public IReadOnlyList<CourseFile> Files => files;

    /// <summary>Who may write it, beside administrators. A course that was imported may have none.</summary>
    public IReadOnlyList<CourseAuthor> Authors => authors;

    public void Describe(string title, string summary, Level level, int position, string? author = null, string? licence = null)
    {
        Title = Guard.Text(title, MaxTitleLength);
        Summary = Guard.OptionalText(summary, MaxSummaryLength);
        Level = level;
        Position = position;
        Author = OrNothing(author);
        Licence = OrNothing(licence);

        static string? OrNothing(string? text) => Guard.OptionalText(text ?? "", MaxTitleLength) is { Length: > 0 } given ? given : null;
    }

    /// <summary>Gives the course a new address. The caller keeps the returned old one, so that links to it still lead here; null when nothing changed.</summary>
    public OldSlug? MoveTo(string slug)
    {
        if (slug == Slug) return null;
        var old = OldSlug.OfCourse(this, Slug);
        Slug = Guard.Slug(slug);
        return old;
    }

    /// <summary>An address that the course had before it came to this database.</summary>
    public OldSlug WasAt(string slug) => OldSlug.OfCourse(this, Guard.Slug(slug));

    public void Publish()
    {
        if (DeletedAt is not null) throw new InvalidOperationException("A course in the bin is published by nobody.");
        Published = true;
        PublishAt = null;
        ArchivedAt = null;
    }

    public void Unpublish() => Published = false;

    /// <summary>Hides the course until then.</summary>
    public void SchedulePublication(DateTimeOffset at)
    {
        Published = false;
        // Finer than microseconds, not every database gives back what it was given.
        PublishAt = at.ToUniversalTime().AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public void Unschedule() => PublishAt = null;

    /// <summary>Readers see it no more, and its authors see it apart.</summary>
    public void Archive(DateTimeOffset now)
    {
        Unpublish();
        Unschedule();
        ArchivedAt = now;
    }

    /// <summary>Back among the others, as a draft.</summary>
    public void TakeOut() => ArchivedAt = null;

    /// <summary>Into the bin.</summary>
    public void Delete(DateTimeOffset now)
    {
        if (DeletedAt is not null) return;
        (DeletedAt, WasPublished) = (now, Published);
        Unpublish();
        Unschedule();
    }

    /// <summary>Out of the bin, as it was: published if it was published.</summary>
    public void Restore()
    {
        if (DeletedAt is null) return;
        var published = WasPublished == true;
        (DeletedAt, WasPublished) = (null, null);
        if (published) Publish();
    }

    /// <summary>Lets somebody write it who could not before.</summary>
    /// <returns>Whether they could not.</returns>
    public bool Admit(int userId, DateTimeOffset now)
    {
        if (authors.Exists(author => author.UserId == userId)) return false;
        authors.Add(new CourseAuthor(this, userId, now));
        return true;
    }

    /// <summary>Somebody writes it no more. The last author stays: nobody else could let one in.</summary>
    /// <returns>Whether they left.</returns>
    public bool Dismiss(int userId) => authors.Count > 1 && authors.RemoveAll(author => author.UserId == userId) > 0;

    /// <summary>Publishes the course when its scheduled time has come.</summary>
    /// <returns>Whether it had.</returns>
    public bool PublishIfDue(DateTimeOffset now)
    {
        if (PublishAt is not { } at || at > now) return false;
        Publish();
        return true;
    }

    public Chapter AddChapter(string slug, string title)
    {
        var chapter = new Chapter(this, slug, title, position: chapters.Count == 0 ? 1 : chapters.Max(c => c.Position) + 1);
        chapters.Add(chapter);
        return chapter;
    }

    /// <summary>The slug, or the first like it, that no chapter of the course has, those in the bin included.</summary>
    /// <param name="wanted">Empty for a title without a letter or a digit, or a word that is reserved.</param>
    public string FreeSlug(string wanted) => Courses.Slug.Free(wanted, "chapitre", taken => chapters.Exists(chapter => chapter.Slug == taken));

    /// <summary>Adds the file or replaces the one of the same name.</summary>
    public CourseFile Attach(string name, string mediaType, byte[] content)
    {
        var file = files.Find(f => f.Name == name);
        if (file is null) files.Add(file = new CourseFile(name, mediaType, content));
        else file.Replace(mediaType, content);
        return file;
    }
}
