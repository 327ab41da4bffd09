using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Studies;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>Makes one of two items that are the same thing: all that the one has goes to the other, and its address leads there.</summary>
[Authorize(Roles = nameof(Role.Administrator))]
[AutoValidateAntiforgeryToken]
public sealed class StudyMergesController(PortalDbContext db, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    /// <param name="kind">Of both.</param>
    /// <param name="id">Of the one that goes.</param>
    /// <param name="avec">The one that stays: what would happen is shown, and nothing is saved.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpGet("/admin/etudes/{kind}/{id:int}/fusion")]
    [LivePage]
    public async Task<IActionResult> New(string kind, int id, int? avec, CancellationToken cancellationToken) =>
        StudyKinds.FromSlug(kind) is { } known ? await ShowAsync(known, id, avec, StatusCodes.Status200OK, null, cancellationToken) : NotFound();

    [HttpPost("/admin/etudes/{kind}/{id:int}/fusion")]
    [LivePage]
    public async Task<IActionResult> Create(string kind, int id, int? avec, int? version, int? autre, CancellationToken cancellationToken)
    {
        if (StudyKinds.FromSlug(kind) is not { } known || await StudyTree.LoadAsync(db, known, id, cancellationToken) is not { } lost) return NotFound();
        if (await KeptAsync(lost, avec, cancellationToken) is not { } kept) return await ShowAsync(known, id, avec, StatusCodes.Status400BadRequest, null, cancellationToken);
        if ((version, autre) != (lost.Version, kept.Version)) return await ShowAsync(known, id, avec, StatusCodes.Status409Conflict, "StudyMerge.Changed", cancellationToken);

        var (from, to) = (StudyTree.Title(lost), StudyTree.Title(kept));
        var merger = await AbsorbAsync(lost, kept, cancellationToken);
        kept.Sign(User.UserId, time.GetUtcNow());
        db.AuditEntries.Add(new AuditEntry(User.Actor, AuditAct.StudyMerged, from, $"→ {to}", time.GetUtcNow()));
        db.RemoveRange(merger.Merged.Select(pair => pair.Lost));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness || fault.IsOfReference || fault is DbUpdateConcurrencyException)
        {
            return await ShowAsync(known, id, avec, StatusCodes.Status409Conflict, "StudyMerge.Changed", cancellationToken);
        }

        return Redirect(StudyTree.Address(kept) + "?enregistre=true");
    }

    async Task<IActionResult> ShowAsync(StudyKind kind, int id, int? keptId, int status, string? fault, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (await StudyTree.LoadAsync(db, kind, id, cancellationToken) is not { } lost) return NotFound();
        var others = await OthersAsync(lost, cancellationToken);
        var kept = keptId is null ? null : await KeptAsync(lost, keptId, cancellationToken);
        if (fault is not null) ModelState.AddModelError("", texts[fault]);
        else if (keptId is not null && kept is null) ModelState.AddModelError("avec", texts[keptId == lost.Id ? "StudyMerge.Itself" : "StudyMerge.Stranger"]);
        else if (status == StatusCodes.Status400BadRequest) ModelState.AddModelError("avec", texts["StudyMerge.Choose"]);
        Response.StatusCode = ModelState.IsValid || status != StatusCodes.Status200OK ? status : StatusCodes.Status400BadRequest;

        // Done in memory, to be told; as it was is what the page is about.
        var (crumbs, version, keptVersion) = (StudyTree.Line(lost).ToList(), lost.Version, kept?.Version);
        var plan = kept is null ? null : Plan(await AbsorbAsync(lost, kept, cancellationToken));
        return View("Merge", new StudyMergeViewModel(kind, crumbs, lost, version, others, kept, keptVersion, plan));
    }

    static MergePlan Plan(Merger merger) => new(
        [.. merger.MovedItems.Select(item => (StudyKinds.Of(item), item.Name))],
        [.. merger.Merged.SkipLast(1).Reverse().Select(pair => (StudyKinds.Of(pair.Lost), pair.Lost.Name, pair.Kept.Name))]);

    async Task<Merger> AbsorbAsync(StudyItem lost, StudyItem kept, CancellationToken cancellationToken)
    {
        // What is taken from one parent goes to another before anything is saved.
        (db.ChangeTracker.DeleteOrphansTiming, db.ChangeTracker.CascadeDeleteTiming) = (CascadeTiming.OnSaveChanges, CascadeTiming.OnSaveChanges);
        var merger = new Merger();
        switch (lost, kept)
        {
            case (University one, University other): other.Absorb(one, merger); break;
            case (Faculty one, Faculty other): other.Absorb(one, merger); break;
            case (StudyProgramme one, StudyProgramme other): other.Absorb(one, merger); break;
            case (Subject one, Subject other): other.Absorb(one, merger); break;
            default: throw new InvalidOperationException("The two are of different kinds.");
        }

        await LeadOnAsync(merger, cancellationToken);
        return merger;
    }

    /// <summary>The addresses that are left lead to what was kept, and so do those that led to what is lost.</summary>
    async Task LeadOnAsync(Merger merger, CancellationToken cancellationToken)
    {
        var paths = merger.Addresses.Select(address => address.Path).ToList();
        var universities = merger.Merged.Select(pair => pair.Lost).OfType<University>().Select(u => u.Id).ToList();
        var programmes = merger.Merged.Select(pair => pair.Lost).OfType<StudyProgramme>().Select(p => p.Id).ToList();
        var known = await db.FormerAddresses.Where(a => paths.Contains(a.Path) || (a.UniversityId != null && universities.Contains(a.UniversityId.Value)) || (a.ProgrammeId != null && programmes.Contains(a.ProgrammeId.Value)))
            .ToListAsync(cancellationToken);
        foreach (var address in known)
        {
            var kept = merger.Merged.FirstOrDefault(pair => pair.Lost == (StudyItem?)address.University || pair.Lost == (StudyItem?)address.Programme).Kept;
            if (kept is University university) address.LeadTo(university);
            else if (kept is StudyProgramme programme) address.LeadTo(programme);
        }

        foreach (var left in merger.Addresses)
        {
            if (known.Find(address => address.Path == left.Path) is not { } former) db.FormerAddresses.Add(left);
            else if (left.University is not null) former.LeadTo(left.University);
            else former.LeadTo(left.Programme!);
        }
    }

    /// <summary>What an item can be merged into: of the same kind, and near enough to be the same thing.</summary>
    async Task<List<(int Id, string Name)>> OthersAsync(StudyItem lost, CancellationToken cancellationToken) => lost switch
    {
        University => (await db.Universities.Where(u => u.Id != lost.Id).OrderBy(u => u.Search).Select(u => new { u.Id, u.Code, u.Name }).ToListAsync(cancellationToken)).ConvertAll(u => (u.Id, $"{u.Name} ({u.Code})")),
        _ => [.. Siblings(lost).Where(item => item != lost).OrderBy(item => item.Search, StringComparer.Ordinal).Select(item => (item.Id, $"{item.Name} ({item.Code})"))],
    };

    static IEnumerable<StudyItem> Siblings(StudyItem lost) => lost switch
    {
        Faculty faculty => faculty.University.Faculties,
        StudyProgramme programme => programme.University.Faculties.SelectMany(f => f.Programmes),
        Subject subject => subject.Programme.Subjects,
        _ => [],
    };

    async Task<StudyItem?> KeptAsync(StudyItem lost, int? id, CancellationToken cancellationToken) =>
        id is null || id == lost.Id ? null
        : lost is University ? await StudyTree.LoadAsync(db, StudyKind.University, id.Value, cancellationToken)
        : Siblings(lost).FirstOrDefault(item => item.Id == id);
}

/// <param name="Crumbs">From the university down.</param>
/// <param name="Others">What can be kept instead.</param>
/// <param name="Kept">The one chosen.</param>
/// <param name="Plan">What would happen.</param>
public sealed record StudyMergeViewModel(StudyKind Kind, IReadOnlyList<StudyItem> Crumbs, StudyItem Lost, int Version, IReadOnlyList<(int Id, string Name)> Others, StudyItem? Kept, int? KeptVersion, MergePlan? Plan);

/// <param name="Moved">Goes along, with all that is below it.</param>
/// <param name="Merged">Has the same code as something there, and becomes one with it.</param>
public sealed record MergePlan(IReadOnlyList<(StudyKind Kind, string Name)> Moved, IReadOnlyList<(StudyKind Kind, string Lost, string Kept)> Merged);
