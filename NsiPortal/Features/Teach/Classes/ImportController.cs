using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Exchange.Csv;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>A class from a list: shown first, then made, then given as slips of paper.</summary>
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class ImportController(PortalDbContext db, RosterImport import, Registration registration, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    const int MaximumText = 1024 * 1024;
    const int MaximumLines = 10_000;

    /// <summary>The file, the same text pasted, and what a browser writes around them.</summary>
    const int MaximumRequest = 4 * MaximumText;

    /// <summary>What the first line may call its columns.</summary>
    static readonly string[] Nicknames = ["pseudo", "pseudos", "pseudonyme", "identifiant", "login", "nickname", "eleve", "élève"];
    static readonly string[] PasswordNames = ["mot de passe", "mdp", "motdepasse", "password", "mot_de_passe"];

    [HttpGet("/prof/classes/{id:int}/liste")]
    [LivePage]
    public IActionResult New() => View("Import", new ImportViewModel(Class, null));

    [HttpPost("/prof/classes/{id:int}/liste")]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, MultipartBodyLengthLimit = MaximumRequest)]
    public async Task<IActionResult> Preview(string? texte, IFormFile? fichier, CancellationToken cancellationToken)
    {
        if (fichier?.Length > MaximumText || texte?.Length > MaximumText) return TooLarge();
        var entries = Read(fichier is { Length: > 0 } ? await TextAsync(fichier, cancellationToken) : texte ?? "");
        if (entries.Count > MaximumLines) return TooLarge();
        if (entries.Count == 0)
        {
            ModelState.AddModelError("", texts["Import.Empty"]);
            return Again("Import", new ImportViewModel(Class, texte));
        }

        var lines = await import.JudgeAsync(Class, entries, cancellationToken);
        return View("ImportPreview", new ImportPreviewViewModel(Class, lines, import.Seal(Class.Id, lines)));

        ViewResult TooLarge()
        {
            ModelState.AddModelError("", texts["Import.TooLarge"]);
            return Again("Import", new ImportViewModel(Class, texte?.Length > MaximumText ? null : texte), StatusCodes.Status413PayloadTooLarge);
        }
    }

    /// <summary>The slips are shown by this answer itself: their passwords are kept nowhere, so no other page could.</summary>
    [HttpPost("/prof/classes/{id:int}/liste/comptes")]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest)]
    public async Task<IActionResult> Create(string? liste, CancellationToken cancellationToken)
    {
        if (import.Open(Class.Id, liste) is not { Count: > 0 } entries)
        {
            ModelState.AddModelError("", texts["Import.Lost"]);
            return Again("Import", new ImportViewModel(Class, null));
        }

        var (lines, made) = await import.RunAsync(Class, entries, cancellationToken);
        return View("Slips", new SlipsViewModel(
            Class, [.. made.Select(one => new Slip(one.Nickname, one.Password))],
            [.. lines.Where(line => line.State != RosterState.New || made.Count == 0).Select(line => texts["Import.Skipped", line.Entry.Nickname, texts[$"Roster.{line.State}"].Value].Value)]));
    }

    /// <summary>New slips for those who have never come: the first ones may be lost. Who has worked, and was given a new password since, keeps that one.</summary>
    [HttpPost("/prof/classes/{id:int}/billets")]
    [LivePage]
    public async Task<IActionResult> PrintAgain(int id, CancellationToken cancellationToken)
    {
        var users = await Db.ClassMembers.Where(m => m.ClassId == id && m.User.MustChangePassword && m.User.Role == Role.Student && !m.User.Disabled && !Db.ExerciseProgress.Any(p => p.UserId == m.UserId)).Select(m => m.User).ToListAsync(cancellationToken);
        return View("Slips", new SlipsViewModel(Class, [.. (await registration.DrawPasswordsAsync([.. users.OrderBy(user => user.Nickname, Nickname.Collation)], cancellationToken)).Select(one => new Slip(one.Nickname, one.Password))], []));
    }

    static async Task<string> TextAsync(IFormFile file, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        return CsvText.Decode(bytes.ToArray());
    }

    static List<RosterEntry> Read(string text)
    {
        // An entry that nobody could read says so in its place; what is blank is no entry.
        var rows = CsvText.Read(text.TrimStart('\uFEFF')).Records.Where(row => row.Fault is not null || row.Fields.Any(field => !string.IsNullOrWhiteSpace(field))).ToList();
        var (nickname, password) = (0, 1);
        if (rows.Count > 0 && ColumnOf(rows[0], Nicknames) is { } named)
        {
            (nickname, password) = (named, ColumnOf(rows[0], PasswordNames) ?? -1);
            rows = [.. rows.Skip(1)];
        }

        return [.. rows.Select(row => new RosterEntry(row.Line, row[nickname], row[password] is { Length: > 0 } typed ? typed : null, row.Fault is not null))];

        static int? ColumnOf(CsvRecord row, string[] names) => Enumerable.Range(0, row.Fields.Count).Where(i => names.Contains(row[i].ToLowerInvariant())).Select(i => (int?)i).FirstOrDefault();
    }
}

/// <param name="Entered">What was pasted.</param>
public sealed record ImportViewModel(SchoolClass Class, string? Entered);

/// <param name="Seal">What the confirmation sends back.</param>
public sealed record ImportPreviewViewModel(SchoolClass Class, IReadOnlyList<RosterLine> Lines, string Seal)
{
    public int New => Lines.Count(line => line.State == RosterState.New);

    public int Members => Lines.Count(line => line.State == RosterState.Member);

    /// <summary>For whom there is no place; told by their number, not one by one.</summary>
    public IReadOnlyList<RosterLine> Beyond => [.. Lines.Where(line => line.State == RosterState.Full)];

    public IReadOnlyList<RosterLine> Wrong => [.. Lines.Where(line => line.State is not (RosterState.New or RosterState.Member or RosterState.Full))];
}
