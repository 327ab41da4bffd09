using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>Free answers, marked one after the other.</summary>
public sealed class MarkingController(PortalDbContext db, Marking marking, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    [HttpGet("/prof/classes/{id:int}/a-noter")]
    [LivePage]
    public async Task<IActionResult> Index(int id, CancellationToken cancellationToken) => View("Waiting", new WaitingViewModel(Class, await marking.WaitingAsync(id, cancellationToken)));

    [HttpGet("/prof/classes/{id:int}/a-noter/{attemptId:long}")]
    [LivePage]
    public async Task<IActionResult> Edit(int id, long attemptId, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, attemptId, cancellationToken) is not { } found) return NotFound();
        var (attempt, nickname) = found;
        var mark = attempt.Outcome == Outcome.Waiting ? null : attempt.Score.ToString("0.##", CultureInfo.CurrentCulture);
        return View("Mark", await ModelAsync(attempt, nickname, new MarkForm { Note = mark, Commentaire = attempt.Comment, Vu = Marking.StateOf(attempt) }, cancellationToken));
    }

    [HttpPost("/prof/classes/{id:int}/a-noter/{attemptId:long}")]
    [LivePage]
    public async Task<IActionResult> Save(int id, long attemptId, MarkForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, attemptId, cancellationToken) is not { } found) return NotFound();
        var (attempt, nickname) = found;
        if (!double.TryParse(form.Note?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) || !(score >= 0 && score <= attempt.Points))
            ModelState.AddModelError(nameof(form.Note), texts["Mark.ScoreFault", attempt.Points]);
        // A form sends two characters for the end of a line, and counts one while it is filled.
        var comment = form.Commentaire?.ReplaceLineEndings("\n").Trim();
        if (comment?.Length > Attempt.MaxCommentLength) ModelState.AddModelError(nameof(form.Commentaire), texts["Mark.CommentFault", Attempt.MaxCommentLength]);
        if (!ModelState.IsValid) return Again("Mark", await ModelAsync(attempt, nickname, form, cancellationToken));

        if (!await marking.MarkAsync(attempt, form.Vu ?? "", score, comment, User.UserId!.Value, cancellationToken))
        {
            if (await FindAsync(id, attemptId, cancellationToken) is not { } now) return NotFound();
            ModelState.AddModelError("", texts["Mark.Conflict", now.Attempt.Score, now.Attempt.Points]);
            // Sent again, it overwrites knowingly.
            form.Vu = Marking.StateOf(now.Attempt);
            ModelState.SetModelValue(nameof(form.Vu), form.Vu, form.Vu);
            return Again("Mark", await ModelAsync(now.Attempt, nickname, form, cancellationToken), StatusCodes.Status409Conflict);
        }

        // After the last one, to the list: it says what still waits before it.
        var (_, next) = await AroundAsync(attemptId, cancellationToken);
        return Redirect($"{Address}/a-noter{(next is null ? "" : $"/{next}")}?fait=oui");
    }

    async Task<(Attempt Attempt, string Nickname)?> FindAsync(int id, long attemptId, CancellationToken cancellationToken)
    {
        var found = await (
            from a in Db.Attempts
            where a.Id == attemptId && a.Exercise.Kind == ExerciseKind.FreeAnswer
            join m in Db.ClassMembers on a.UserId equals (int?)m.UserId
            where m.ClassId == id
            select new { Attempt = a, m.User.Nickname, a.Exercise }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Attempt, found.Nickname);
    }

    async Task<MarkViewModel> ModelAsync(Attempt attempt, string nickname, MarkForm form, CancellationToken cancellationToken)
    {
        var (previous, next) = await AroundAsync(attempt.Id, cancellationToken);
        return new MarkViewModel(Class, attempt, nickname, Answer.FromJson(attempt.Answer).Text(FreeAnswer.Field), form, previous, next);
    }

    /// <summary>The answers that wait before and after one, which may be marked already.</summary>
    async Task<(long? Previous, long? Next)> AroundAsync(long attemptId, CancellationToken cancellationToken)
    {
        if (await marking.PlaceAsync(attemptId, cancellationToken) is not { } here) return (null, null);
        var waiting = await marking.WaitingAsync(Class.Id, cancellationToken);
        return (waiting.LastOrDefault(answer => WaitingAnswer.Order.Compare(answer, here) < 0)?.AttemptId, waiting.FirstOrDefault(answer => WaitingAnswer.Order.Compare(answer, here) > 0)?.AttemptId);
    }
}

public sealed class MarkForm
{
    public string? Note { get; set; }
    public string? Commentaire { get; set; }

    /// <summary>How the answer stood when the form was shown.</summary>
    public string? Vu { get; set; }
}

public sealed record WaitingViewModel(SchoolClass Class, IReadOnlyList<WaitingAnswer> Answers);

/// <param name="Previous">The answer that waits before this one.</param>
/// <param name="Next">The answer that waits after it.</param>
public sealed record MarkViewModel(SchoolClass Class, Attempt Attempt, string Nickname, string Text, MarkForm Form, long? Previous, long? Next);
