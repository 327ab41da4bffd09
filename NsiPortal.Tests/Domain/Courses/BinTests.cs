using NsiPortal.Support;

namespace NsiPortal.Domain.Courses;

public sealed class BinTests
{
    static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_restored_is_as_it_was(bool draft)
    {
        var builder = new CourseBuilder("sql").WithChapter("jointures", draft);
        var course = (draft ? builder.Draft() : builder).Build();
        var chapter = course.Chapters.Single();

        course.Delete(Now);
        chapter.Delete(Now);
        Assert.False(course.Published || chapter.Published);
        Assert.Throws<InvalidOperationException>(course.Publish);
        Assert.Throws<InvalidOperationException>(chapter.Publish);
        // Twice is once.
        course.Delete(Now.AddDays(1));
        Assert.Equal(Now, course.DeletedAt);

        course.Restore();
        chapter.Restore();
        Assert.Equal((!draft, !draft), (course.Published, chapter.Published));
        Assert.Equal(((DateTimeOffset?)null, (DateTimeOffset?)null), (course.DeletedAt, chapter.DeletedAt));
    }

    [Fact]
    public void What_is_in_the_bin_does_not_appear_at_a_time_that_was_set_before()
    {
        var chapter = new CourseBuilder("sql").WithChapter("jointures", draft: true).Build().Chapters.Single();
        chapter.SchedulePublication(Now);
        chapter.Delete(Now.AddDays(-1));
        Assert.False(chapter.PublishIfDue(Now));
    }

    [Fact]
    public void The_last_author_stays()
    {
        var course = new CourseBuilder("sql").Build();
        Assert.True(course.Admit(1, Now));
        Assert.False(course.Admit(1, Now));
        Assert.False(course.Dismiss(1));
        Assert.True(course.Admit(2, Now));
        Assert.True(course.Dismiss(1));
        Assert.Equal([2], course.Authors.Select(author => author.UserId));
    }
}
