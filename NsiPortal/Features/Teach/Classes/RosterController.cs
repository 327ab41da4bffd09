using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>The pupils of a class.</summary>
public sealed class RosterController(PortalDbContext db, Registration registration, Removals removals, TimeProvider time, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    /// <param name="id">Of the class.</param>
    /// <param name="retrait">What undoes a removal that was just made.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [HttpGet("/prof/classes/{id:int}")]
    [LivePage]
    public async Task<IActionResult> Details(int id, string? retrait, CancellationToken cancellationToken) => View("Class", await ModelAsync(id, retrait, cancellationToken));

    async Task<ClassViewModel> ModelAsync(int id, string? retrait, CancellationToken cancellationToken)
    {
        var week = Period.WeekOf(Period.DayOf(time.GetUtcNow()));
        var members = await Db.ClassMembers.Where(m => m.ClassId == id).Select(m => new MemberRow(
            m.UserId, m.User.Nickname, m.User.Avatar, m.JoinedAt, m.User.Disabled, m.User.MustChangePassword, Db.ExerciseProgress.Any(p => p.UserId == m.UserId),
            Db.Standings.Where(s => s.UserId == m.UserId && s.Period == Period.AllTime).Select(s => s.Xp).FirstOrDefault(),
            Db.Standings.Where(s => s.UserId == m.UserId && s.Period == week).Select(s => s.Xp).FirstOrDefault(),
            Db.ExerciseProgress.Count(p => p.UserId == m.UserId && p.SolvedAt != null))).ToListAsync(cancellationToken);
        var removed = removals.Read(retrait, id) is { } removal && members.TrueForAll(m => m.UserId != removal.UserId)
            ? await Db.Users.Where(u => u.Id == removal.UserId).Select(u => u.Nickname).SingleOrDefaultAsync(cancellationToken) : null;
        return new ClassViewModel(Class, [.. members.OrderBy(m => m.Nickname, Nickname.Collation)], Class.WhyClosed(members.Count, time.GetUtcNow()), removed is null ? null : new Removed(removed, retrait!));
    }

    /// <summary>Asks first: the pupil may be working, and is signed out.</summary>
    [HttpGet("/prof/classes/{id:int}/eleves/{userId:int}/mot-de-passe")]
    [LivePage]
    public async Task<IActionResult> ConfirmReset(int id, int userId, CancellationToken cancellationToken)
    {
        if (await MemberAsync(id, userId, cancellationToken) is not { } member) return NotFound();
        return member.User.Role == Role.Student ? View("Reset", new PupilViewModel(Class, userId, member.User.Nickname)) : Forbid();
    }

    /// <summary>A slip with a new password, shown this once.</summary>
    [HttpPost("/prof/classes/{id:int}/eleves/{userId:int}/mot-de-passe")]
    [LivePage]
    public async Task<IActionResult> ResetPassword(int id, int userId, CancellationToken cancellationToken)
    {
        if (await MemberAsync(id, userId, cancellationToken) is not { } member) return NotFound();
        // A pupil's, and nobody else's: a teacher who joined a class of another one keeps their own.
        if (member.User.Role != Role.Student) return Forbid();
        var password = await registration.ResetPasswordAsync(member.User, cancellationToken);
        return View("Slips", new SlipsViewModel(Class, [new Slip(member.User.Nickname, password)], []));
    }

    [HttpGet("/prof/classes/{id:int}/eleves/{userId:int}/retrait")]
    [LivePage]
    public async Task<IActionResult> ConfirmRemoval(int id, int userId, CancellationToken cancellationToken) =>
        await MemberAsync(id, userId, cancellationToken) is { } member ? View("Removal", new PupilViewModel(Class, userId, member.User.Nickname)) : NotFound();

    [HttpPost("/prof/classes/{id:int}/eleves/{userId:int}/retrait")]
    [LivePage]
    public async Task<IActionResult> Remove(int id, int userId, CancellationToken cancellationToken)
    {
        if (await MemberAsync(id, userId, cancellationToken) is not { } member) return NotFound();
        Db.ClassMembers.Remove(member);
        try
        {
            await Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Asked for twice at once: they have gone.
        }

        return Redirect($"{Address}?retrait={removals.Write(new Removal(id, userId, member.JoinedAt))}");
    }

    /// <summary>Undoes a removal. Only who has just removed a pupil can bring them back: nobody is put into a class by their number.</summary>
    [HttpPost("/prof/classes/{id:int}/retour")]
    [LivePage]
    public async Task<IActionResult> BringBack(int id, string? retrait, CancellationToken cancellationToken)
    {
        if (removals.Read(retrait, id) is not { } removal || !await Db.Users.AnyAsync(u => u.Id == removal.UserId, cancellationToken)) return NotFound();
        JoinFault? closed = null;
        try
        {
            await Db.InTransactionAsync(async () =>
            {
                // Who joins at the same time waits here, so that the last place is given once.
                await Db.Classes.Where(c => c.Id == id).LockAsync(cancellationToken);
                if (await Db.ClassMembers.AnyAsync(m => m.ClassId == id && m.UserId == removal.UserId, cancellationToken)) return;
                await Db.Entry(Class).ReloadAsync(cancellationToken);
                // They need no code: when it expires does not matter.
                closed = Class.WhyClosed(await Db.ClassMembers.CountAsync(m => m.ClassId == id, cancellationToken), DateTimeOffset.MinValue);
                if (closed is not null) return;
                Db.ClassMembers.Add(new ClassMember(id, removal.UserId, removal.JoinedAt));
                await Db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness || fault.IsOfReference)
        {
            // Back already, or gone for ever meanwhile: the class shows which.
        }

        if (closed is null) return Redirect(Address);
        ModelState.AddModelError("", texts[closed == JoinFault.Archived ? "Removal.Archived" : "Removal.Full"]);
        return Again("Class", await ModelAsync(id, retrait, cancellationToken), StatusCodes.Status409Conflict);
    }

    Task<ClassMember?> MemberAsync(int id, int userId, CancellationToken cancellationToken) =>
        Db.ClassMembers.Include(m => m.User).SingleOrDefaultAsync(m => m.ClassId == id && m.UserId == userId, cancellationToken);
}

/// <param name="FirstPassword">Theirs was given to them, and they have not yet chosen one of their own.</param>
/// <param name="Worked">They have begun an exercise.</param>
/// <param name="WeekXp">Gained this week.</param>
public sealed record MemberRow(int UserId, string Nickname, string Avatar, DateTimeOffset JoinedAt, bool Disabled, bool FirstPassword, bool Worked, int Xp, int WeekXp, int Solved)
{
    /// <summary>They have never signed in. Who has worked has, whatever password was given to them since.</summary>
    public bool Unseen => FirstPassword && !Worked;
}

/// <param name="Undo">What brings them back.</param>
public sealed record Removed(string Nickname, string Undo);

public sealed record ClassViewModel(SchoolClass Class, IReadOnlyList<MemberRow> Members, JoinFault? Closed, Removed? Removed);

/// <summary>Whom something is about to be done to.</summary>
public sealed record PupilViewModel(SchoolClass Class, int UserId, string Nickname);

/// <param name="Password">Null when they chose it themselves, or it came with the list.</param>
public sealed record Slip(string Nickname, string? Password);

/// <param name="Skipped">Those for whom there is none, as sentences.</param>
public sealed record SlipsViewModel(SchoolClass Class, IReadOnlyList<Slip> Slips, IReadOnlyList<string> Skipped);
