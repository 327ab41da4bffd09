using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;

namespace NsiPortal.Coherence;

static class SchoolPages
{
    /// <summary>A page of one user that names every published course.</summary>
    public static async Task<string> RenderAsync(HttpContext http)
    {
        var db = http.RequestServices.GetRequiredService<PortalDbContext>();
        var titles = await db.Courses.Where(c => c.Published).Select(c => c.Title).ToListAsync(http.RequestAborted);
        return $"<html>{string.Join(" ", titles)} for {http.User.Claims.Single().Value}</html>";
    }
}
