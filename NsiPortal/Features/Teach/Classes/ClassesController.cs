using Microsoft.AspNetCore.Authorization;
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

/// <summary>A teacher's classes: nobody else sees them, and what is not theirs does not exist for them.</summary>
[Authorize(Roles = $"{nameof(Role.Teacher)},{nameof(Role.Administrator)}")]
[AutoValidateAntiforgeryToken]
public sealed class ClassesController(PortalDbContext db, Registration registration, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    [HttpGet("/prof/classes")]
    [LivePage]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View("Classes", await ListAsync(cancellationToken));

    [HttpPost("/prof/classes")]
    [LivePage]
    public async Task<IActionResult> Create(string? nom, CancellationToken cancellationToken)
    {
        if (SchoolClass.NameOf(nom) is not { } name)
        {
            ModelState.AddModelError("nom", texts["Class.NameFault", SchoolClass.MaxNameLength]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Classes", await ListAsync(cancellationToken) with { Entered = nom });
        }

        var created = new SchoolClass(name, User.UserId!.Value, JoinCode.New(), time.GetUtcNow());
        db.Classes.Add(created);
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToAction(nameof(Details), new { id = created.Id });
    }

    [HttpGet("/prof/classes/{id:int}")]
    [LivePage]
    public async Task<IActionResult> Details(int id, CancellationToken cancellationToken)
    {
        if (await Mine(id).SingleOrDefaultAsync(cancellationToken) is not { } schoolClass) return NotFound();
        var week = Period.WeekOf(Period.DayOf(time.GetUtcNow()));
        var members = await db.ClassMembers.Where(m => m.ClassId == id).OrderBy(m => m.User.Nickname).Select(m => new MemberRow(
            m.UserId, m.User.Nickname, m.User.Avatar, m.JoinedAt, m.User.Disabled,
            db.Standings.Where(s => s.UserId == m.UserId && s.Period == Period.AllTime).Select(s => s.Xp).FirstOrDefault(),
            db.Standings.Where(s => s.UserId == m.UserId && s.Period == week).Select(s => s.Xp).FirstOrDefault(),
            db.ExerciseProgress.Count(p => p.UserId == m.UserId && p.SolvedAt != null))).ToListAsync(cancellationToken);
        return View("Class", new ClassViewModel(schoolClass, members, schoolClass.WhyClosed(members.Count, time.GetUtcNow())));
    }

    /// <summary>A new code; the former one lets nobody in any more.</summary>
    [HttpPost("/prof/classes/{id:int}/code")]
    [LivePage]
    public async Task<IActionResult> Renew(int id, bool fermer, CancellationToken cancellationToken)
    {
        if (await Mine(id).SingleOrDefaultAsync(cancellationToken) is not { } schoolClass) return NotFound();
        schoolClass.Renew(JoinCode.New(), fermer ? time.GetUtcNow() : null);
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToAction(nameof(Details), new { id });
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
        return View("Slip", new SlipViewModel(id, member.Class.Name, member.User.Nickname, password));
    }

    [HttpPost("/prof/classes/{id:int}/eleves/{userId:int}/retrait")]
    [LivePage]
    public async Task<IActionResult> Remove(int id, int userId, CancellationToken cancellationToken)
    {
        if (await MemberAsync(id, userId, cancellationToken) is not { } member) return NotFound();
        db.ClassMembers.Remove(member);
        await db.SaveChangesAsync(cancellationToken);
        return RedirectToAction(nameof(Details), new { id });
    }

    IQueryable<SchoolClass> Mine(int id)
    {
        var teacher = User.UserId!.Value;
        return db.Classes.Where(c => c.Id == id && c.TeacherId == teacher);
    }

    Task<ClassMember?> MemberAsync(int id, int userId, CancellationToken cancellationToken)
    {
        var teacher = User.UserId!.Value;
        return db.ClassMembers.Include(m => m.User).Include(m => m.Class).SingleOrDefaultAsync(m => m.ClassId == id && m.UserId == userId && m.Class.TeacherId == teacher, cancellationToken);
    }

    async Task<ClassesViewModel> ListAsync(CancellationToken cancellationToken)
    {
        var teacher = User.UserId!.Value;
        return new ClassesViewModel(await db.Classes.Where(c => c.TeacherId == teacher).OrderBy(c => c.Name).ThenBy(c => c.Id).Select(c => new ClassRow(c.Id, c.Name, c.Members.Count)).ToListAsync(cancellationToken), null);
    }
}

public sealed record ClassRow(int Id, string Name, int Count);

public sealed record ClassesViewModel(IReadOnlyList<ClassRow> Classes, string? Entered);

/// <param name="WeekXp">Gained this week.</param>
public sealed record MemberRow(int UserId, string Nickname, string Avatar, DateTimeOffset JoinedAt, bool Disabled, int Xp, int WeekXp, int Solved);

public sealed record ClassViewModel(SchoolClass Class, IReadOnlyList<MemberRow> Members, JoinFault? Closed);

public sealed record SlipViewModel(int ClassId, string ClassName, string Nickname, string Password);
