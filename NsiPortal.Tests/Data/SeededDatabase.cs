using Microsoft.EntityFrameworkCore;
using NsiPortal.Content;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Data;

static class SeededDatabase
{
    /// <summary>The demo content is there, once and whole.</summary>
    public static async Task AssertSeededOnceAsync(this TempFolder data)
    {
        await using var db = data.OpenDatabase();
        Assert.Equal(1, await db.Identity.CountAsync());
        Assert.Equal(DemoCourse.Names, (await db.Courses.Select(c => c.Slug).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(ChapterSource.Names.Count, await db.Chapters.CountAsync());
        Assert.Equal(Programme.Contents.Count, await db.ProgrammeContents.CountAsync());
        if (!TempFolder.IsPostgres)
            Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync());
    }
}
