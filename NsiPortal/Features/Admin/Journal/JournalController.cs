using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;

namespace NsiPortal.Features.Admin.Journal;

/// <summary>What administrators have done, the newest first.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
public sealed class JournalController(PortalDbContext db) : Controller
{
    internal const int PageSize = 50;

    /// <param name="acte">Only acts of this kind.</param>
    /// <param name="personne">Only what somebody of this nickname has done or undergone.</param>
    /// <param name="avant">Only what is older than this entry: how the list goes on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpGet("/admin/journal")]
    [LivePage]
    public async Task<IActionResult> Index(AuditAct? acte, string? personne, long? avant, CancellationToken cancellationToken)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (acte is not null) entries = entries.Where(e => e.Act == acte);
        if (avant is not null) entries = entries.Where(e => e.Id < avant);
        if (!string.IsNullOrWhiteSpace(personne))
        {
            // Who is nobody has done nothing.
            var key = Nickname.KeyOf(personne);
            var id = await db.Users.Where(u => u.NicknameKey == key).Select(u => u.Id).SingleOrDefaultAsync(cancellationToken);
            entries = entries.Where(e => e.UserId == id || e.TargetUserId == id);
        }

        // One more than is shown tells whether there are others.
        var page = await entries.OrderByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return View("Journal", new JournalViewModel([.. page.Take(PageSize)], page.Count > PageSize, acte, personne));
    }
}

/// <param name="Entries">The newest first.</param>
/// <param name="HasMore">Whether there are older ones.</param>
/// <param name="Act">The kind that is asked for.</param>
/// <param name="Person">As it was typed.</param>
public sealed record JournalViewModel(IReadOnlyList<AuditEntry> Entries, bool HasMore, AuditAct? Act, string? Person)
{
    public bool Filtered => Act is not null || !string.IsNullOrWhiteSpace(Person);
}
