using NsiPortal.Support;

namespace NsiPortal.Domain.Courses;

public sealed class CourseTests
{
    [Fact]
    public void A_new_course_is_a_draft()
    {
        var course = new Course("sql", "SQL", Level.Terminale);
        Assert.False(course.Published);
        Assert.False(course.AddChapter("jointures", "Jointures").Published);
    }

    [Fact]
    public void Publishing_ends_a_schedule_and_unpublishing_is_not_one()
    {
        var course = new Course("sql", "SQL", Level.Terminale);
        course.SchedulePublication(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.FromHours(2)));
        Assert.Equal((false, new DateTimeOffset(2026, 9, 1, 6, 0, 0, TimeSpan.Zero)), (course.Published, course.PublishAt));
        Assert.Equal(TimeSpan.Zero, course.PublishAt!.Value.Offset);

        course.Publish();
        Assert.Equal((true, null), (course.Published, course.PublishAt));
        course.Unpublish();
        Assert.Equal((false, null), (course.Published, course.PublishAt));
    }

    [Fact]
    public void A_course_is_published_or_scheduled_but_never_both()
    {
        var course = new CourseBuilder("sql").Build();
        course.SchedulePublication(DateTimeOffset.UnixEpoch);
        Assert.Equal((false, DateTimeOffset.UnixEpoch), (course.Published, course.PublishAt));
        course.Publish();
        Assert.Equal((true, null), (course.Published, course.PublishAt));
    }

    [Fact]
    public void A_scheduled_course_is_published_from_its_time_on_and_once()
    {
        var at = new DateTimeOffset(2026, 9, 1, 6, 0, 0, TimeSpan.Zero);
        var course = new Course("sql", "SQL", Level.Terminale);
        Assert.False(course.PublishIfDue(at));

        course.SchedulePublication(at);
        Assert.False(course.PublishIfDue(at.AddTicks(-1)));
        Assert.Equal((false, at), (course.Published, course.PublishAt));
        Assert.True(course.PublishIfDue(at));
        Assert.Equal((true, null), (course.Published, course.PublishAt));
        Assert.False(course.PublishIfDue(at));
    }

    [Fact]
    public void A_schedule_that_is_given_up_is_never_due()
    {
        var course = new Course("sql", "SQL", Level.Terminale);
        course.SchedulePublication(DateTimeOffset.UnixEpoch);
        course.Unschedule();
        Assert.Equal((false, false, null), (course.PublishIfDue(DateTimeOffset.MaxValue), course.Published, course.PublishAt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("161")]
    public void A_title_is_neither_missing_nor_endless(string title) =>
        Assert.Throws<ArgumentException>(() => new Course("sql", title == "161" ? new string('a', 161) : title, Level.Snt));

    [Fact]
    public void An_author_and_a_licence_are_trimmed_and_not_endless_and_blanks_are_nobody()
    {
        var course = new Course("sql", "SQL", Level.Snt);
        course.Describe("SQL", "", Level.Snt, 1, new string(' ', 200) + "Ada", " CC BY-SA ");
        Assert.Equal(("Ada", "CC BY-SA"), (course.Author, course.Licence));
        course.Describe("SQL", "", Level.Snt, 1, "  ", "");
        Assert.Equal((null, null), (course.Author, course.Licence));
        Assert.Throws<ArgumentException>(() => course.Describe("SQL", "", Level.Snt, 1, author: new string('a', 161)));
        Assert.Throws<ArgumentException>(() => course.Describe("SQL", "", Level.Snt, 1, licence: new string('a', 161)));
    }

    [Fact]
    public void A_course_cannot_stand_at_no_address()
    {
        Assert.Throws<ArgumentException>(() => new Course("Pas une adresse", "SQL", Level.Snt));
        Assert.Throws<ArgumentException>(() => new Course("sql", "SQL", Level.Snt).MoveTo("fichiers"));
    }

    [Fact]
    public void Moving_leaves_the_old_address_and_staying_leaves_none()
    {
        var course = new CourseBuilder("sql").WithChapter("jointures").Build();
        Assert.Equal(("sql", null), (course.MoveTo("bases")!.Slug, course.MoveTo("bases")));
        Assert.Equal("bases", course.Slug);

        var chapter = course.Chapters[0];
        Assert.Equal("jointures", chapter.MoveTo("les-jointures")!.Slug);
        Assert.Null(chapter.MoveTo("les-jointures"));
        Assert.Equal("les-jointures", chapter.Slug);
    }

    [Fact]
    public void A_chapter_changes_course_once()
    {
        var (from, to) = (new CourseBuilder("a").WithChapter("c").Build(), new CourseBuilder("b").Build());
        var chapter = from.Chapters[0];
        Assert.NotNull(chapter.MoveTo(to, position: 4));
        Assert.Null(chapter.MoveTo(to, position: 9));
        Assert.Equal((to, 4), (chapter.Course, chapter.Position));
    }

    [Fact]
    public void Chapters_are_added_behind_the_last()
    {
        var course = new Course("sql", "SQL", Level.Terminale);
        course.AddChapter("un", "Un").Describe("Un", "", position: 7);
        Assert.Equal(8, course.AddChapter("deux", "Deux").Position);
    }

    [Fact]
    public void A_file_of_the_same_name_is_replaced()
    {
        var course = new Course("sql", "SQL", Level.Terminale);
        course.Attach("a.svg", "image/svg+xml", "<svg/>"u8.ToArray());
        var first = course.Files[0].Hash;
        course.Attach("a.svg", "image/png", [1, 2]);
        var file = Assert.Single(course.Files);
        Assert.Equal(("image/png", 2), (file.MediaType, file.Content.Length));
        Assert.NotEqual(first, file.Hash);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1, 2])), file.Hash);
    }

    [Fact]
    public void A_newer_rendering_keeps_the_source()
    {
        var chapter = new CourseBuilder("sql").WithChapter("c").Build().Chapters[0];
        chapter.Write("# source", Text.Of("ancien"));
        chapter.Show(new RenderedText("<p>neuf</p>", [new TocEntry(2, "Titre", "titre")], 9, 42));
        Assert.Equal(("# source", "<p>neuf</p>", 9, 42), (chapter.Markdown, chapter.Html, chapter.ReadingMinutes, chapter.RendererVersion));
        Assert.Equal("titre", Assert.Single(chapter.TableOfContents).Anchor);
    }

    [Fact]
    public void A_chapter_covers_what_was_last_said_once_each()
    {
        var chapter = new CourseBuilder("sql").WithChapter("c").Build().Chapters[0];
        var (a, b, c) = (Programme.Contents[0], Programme.Contents[1], Programme.Contents[2]);
        chapter.Cover([a, b, b]);
        Assert.Equal([a, b], chapter.Contents);
        chapter.Cover([c, b]);
        Assert.Equal([b, c], chapter.Contents);
    }
}
