using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>What a class is called, who may still join it, who teaches it, and its end.</summary>
public sealed class SettingsController(PortalDbContext db, TimeProvider time, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    [HttpGet("/prof/classes/{id:int}/reglages")]
    [LivePage]
    public async Task<IActionResult> Edit(CancellationToken cancellationToken) => View("Settings", await ModelAsync(cancellationToken));

    [HttpPost("/prof/classes/{id:int}/reglages")]
    [LivePage]
    public async Task<IActionResult> Save(SettingsForm form, CancellationToken cancellationToken)
    {
        if (SchoolClass.NameOf(form.Nom) is null) ModelState.AddModelError(nameof(form.Nom), texts["Class.NameFault", SchoolClass.MaxNameLength]);
        if (!int.TryParse(form.Capacite, out var capacity) || capacity is < 1 or > SchoolClass.MaxCapacity) ModelState.AddModelError(nameof(form.Capacite), texts["Settings.CapacityFault", SchoolClass.MaxCapacity]);
        if (!LocalTime.TryRead(form.Expiration, out var expiresAt)) ModelState.AddModelError(nameof(form.Expiration), texts["Form.DateFault"]);
        if (!ModelState.IsValid) return Again("Settings", await ModelAsync(cancellationToken) with { Form = form });

        // What a colleague has changed while this form was open stays, unless it was changed here too.
        if (form.Nom != form.NomVu) Class.Rename(form.Nom!);
        if (form.Capacite != form.CapaciteVue) Class.Limit(capacity);
        // An empty field arrives as none at all; a name is never empty.
        if (form.Expiration != form.ExpirationVue || form.NomVu is null) Class.ExpireAt(expiresAt);
        await Db.SaveChangesAsync(cancellationToken);
        return Redirect($"{Address}/reglages?fait=oui");
    }

    /// <summary>A new code; the former one lets nobody in any more.</summary>
    /// <param name="fermer">The new one neither.</param>
    /// <param name="depuis">The page that asked, to go back to.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [HttpPost("/prof/classes/{id:int}/code")]
    [LivePage]
    public async Task<IActionResult> Renew(bool fermer, string? depuis, CancellationToken cancellationToken)
    {
        Class.Renew(JoinCode.New(), fermer ? time.GetUtcNow() : null);
        await Db.SaveChangesAsync(cancellationToken);
        return Redirect(depuis == "eleves" ? Address : $"{Address}/reglages");
    }

    [HttpPost("/prof/classes/{id:int}/archive")]
    [LivePage]
    public async Task<IActionResult> Archive(bool reprendre, CancellationToken cancellationToken)
    {
        if (reprendre) Class.TakeBack();
        else Class.Archive(time.GetUtcNow());
        await Db.SaveChangesAsync(cancellationToken);
        return Redirect($"{Address}/reglages");
    }

    /// <summary>A colleague teaches the class too. They are named exactly: nobody looks through accounts here.</summary>
    [HttpPost("/prof/classes/{id:int}/professeurs")]
    [LivePage]
    public async Task<IActionResult> AddTeacher(int id, string? pseudo, CancellationToken cancellationToken)
    {
        var key = Nickname.KeyOf(pseudo ?? "");
        var colleague = await Db.Users.SingleOrDefaultAsync(u => u.NicknameKey == key && !u.Disabled && u.Role != Role.Student, cancellationToken);
        if (colleague is null || !string.Equals(colleague.Nickname, Nickname.Tidy(pseudo), StringComparison.OrdinalIgnoreCase))
        {
            ModelState.AddModelError("pseudo", texts["Settings.NoTeacher"]);
            return Again("Settings", await ModelAsync(cancellationToken) with { Colleague = pseudo });
        }

        if (colleague.Id == Class.TeacherId) return Redirect($"{Address}/reglages");
        Db.ClassTeachers.Add(new ClassTeacher(id, colleague.Id));
        try
        {
            await Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness)
        {
            // They teach it already.
        }

        return Redirect($"{Address}/reglages");
    }

    [HttpPost("/prof/classes/{id:int}/professeurs/{userId:int}/retrait")]
    [LivePage]
    public async Task<IActionResult> RemoveTeacher(int id, int userId, CancellationToken cancellationToken)
    {
        if (await Db.ClassTeachers.SingleOrDefaultAsync(t => t.ClassId == id && t.UserId == userId, cancellationToken) is not { } teacher) return NotFound();
        Db.ClassTeachers.Remove(teacher);
        try
        {
            await Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Asked for twice at once: they have gone.
        }

        // Who has left does not see the class any more.
        return Redirect(userId == User.UserId ? "/prof/classes" : $"{Address}/reglages");
    }

    [HttpPost("/prof/classes/{id:int}/proprietaire")]
    [LivePage]
    public async Task<IActionResult> HandOver(int id, int? professeur, CancellationToken cancellationToken)
    {
        var (may, done) = (false, false);
        await Db.InTransactionAsync(async () =>
        {
            // Two heirs at once, or one twice: the second is judged by what the first has left.
            await Db.Classes.Where(c => c.Id == id).LockAsync(cancellationToken);
            await Db.Entry(Class).ReloadAsync(cancellationToken);
            done = Class.TeacherId == professeur;
            may = done || await MayHandOverAsync(cancellationToken);
            if (done || !may || !await Db.ClassTeachers.AnyAsync(t => t.ClassId == id && t.UserId == professeur && !t.User.Disabled && t.User.Role != Role.Student, cancellationToken)) return;
            await Db.Entry(Class).Collection(c => c.Teachers).LoadAsync(cancellationToken);
            Class.HandOver(professeur!.Value);
            await Db.SaveChangesAsync(cancellationToken);
            done = true;
        }, cancellationToken);
        if (!may) return NotFound();
        if (done) return Redirect($"{Address}/reglages");

        ModelState.AddModelError("", texts["Settings.HeirFault"]);
        return Again("Settings", await ModelAsync(cancellationToken));
    }

    /// <summary>Its owner may, and any of its teachers once the owner teaches no more: the class would be nobody's.</summary>
    async Task<bool> MayHandOverAsync(CancellationToken cancellationToken) =>
        IsOwner || !await Db.Users.AnyAsync(u => u.Id == Class.TeacherId && !u.Disabled && u.Role != Role.Student, cancellationToken);

    async Task<SettingsViewModel> ModelAsync(CancellationToken cancellationToken)
    {
        var owner = await Db.Users.Where(u => u.Id == Class.TeacherId).Select(u => u.Nickname).SingleAsync(cancellationToken);
        var teachers = await Db.ClassTeachers.Where(t => t.ClassId == Class.Id).Select(t => new Colleague(t.UserId, t.User.Nickname, !t.User.Disabled && t.User.Role != Role.Student)).ToListAsync(cancellationToken);
        var (name, capacity, expiry) = (Class.Name, $"{Class.Capacity}", LocalTime.Format(Class.CodeExpiresAt));
        return new SettingsViewModel(
            Class, new SettingsForm { Nom = name, NomVu = name, Capacite = capacity, CapaciteVue = capacity, Expiration = expiry, ExpirationVue = expiry }, owner, [.. teachers.OrderBy(t => t.Nickname, Nickname.Collation)], await MayHandOverAsync(cancellationToken), IsOwner, User.UserId!.Value,
            // Whether there is a place left is not about the code.
            Class.WhyClosed(count: 0, time.GetUtcNow()), null);
    }
}

public sealed class SettingsForm
{
    public string? Nom { get; set; }
    public string? Capacite { get; set; }
    public string? Expiration { get; set; }

    /// <summary>What the form showed before anything was typed.</summary>
    public string? NomVu { get; set; }

    /// <inheritdoc cref="NomVu"/>
    public string? CapaciteVue { get; set; }

    /// <inheritdoc cref="NomVu"/>
    public string? ExpirationVue { get; set; }
}

/// <param name="MayOwn">They teach still.</param>
public sealed record Colleague(int UserId, string Nickname, bool MayOwn);

/// <param name="Owner">Their nickname.</param>
/// <param name="Closed">Why the code lets nobody in any more; null when it does.</param>
/// <param name="Colleague">What was typed.</param>
public sealed record SettingsViewModel(
    SchoolClass Class, SettingsForm Form, string Owner, IReadOnlyList<Colleague> Teachers, bool MayHandOver, bool IsOwner, int UserId, JoinFault? Closed, string? Colleague);
