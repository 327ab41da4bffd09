using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data;

/// <summary>Brings the table of programme contents to what this build knows of the official texts.</summary>
static class ProgrammeUpdate
{
    public static async Task RunAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var known = await db.ProgrammeContents.ToDictionaryAsync(c => c.Code, cancellationToken);
        foreach (var content in Programme.Contents)
        {
            if (known.TryGetValue(content.Code, out var row)) row.Correct(content);
            // A copy: the static list must not become tracked by a context.
            else db.ProgrammeContents.Add(new ProgrammeContent(content.Code, content.Level, content.Theme, content.Title, content.Position));
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
