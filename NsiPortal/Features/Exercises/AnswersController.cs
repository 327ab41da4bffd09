using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Features.Shared;
using NsiPortal.Grading;
using NsiPortal.Learning;

namespace NsiPortal.Features.Exercises;

/// <summary>
/// The form to answer an exercise: a fragment for the page of the exercise, or without scripts a page. Visitors answer too; what they enter is in their
/// session.
/// </summary>
[AutoValidateAntiforgeryToken]
public sealed class AnswersController(PortalDbContext db, Submissions submissions, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    /// <summary>Larger than any answer may be, so that who entered too much gets it back with a word about it.</summary>
    const int MaximumRequest = 512 * 1024;

    const string Route = "/cours/{course}/{chapter}/exercices/{number:int}/reponse";

    [HttpGet(Route)]
    [LivePage]
    [UsesSession(OnlyForVisitors = true)]
    public async Task<IActionResult> Edit(string course, string chapter, int number, CancellationToken cancellationToken)
    {
        if (await FindAsync(course, chapter, number, cancellationToken) is not { } exercise) return NotFound();
        var state = await StateAsync(exercise, cancellationToken);
        if (state.Progress is { RegradeUnseen: true } progress)
        {
            progress.SeeRegrade();
            await db.SaveChangesAsync(cancellationToken);
        }

        return Show(exercise, state, state.Draft ?? state.Last?.Answer, state.Draft is null ? state.Last : null);
    }

    [HttpPost(Route)]
    [LivePage]
    [UsesSession(OnlyForVisitors = true)]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, ValueCountLimit = 1000)]
    public async Task<IActionResult> Create(string course, string chapter, int number, Guid? cle, CancellationToken cancellationToken)
    {
        var answer = AnswerForm.Read(Request.Form);
        if (await FindAsync(course, chapter, number, cancellationToken) is not { } exercise) return Gone(answer);
        var (refusal, xp, badges) = User.UserId is { } userId
            ? await SubmitAsync(userId, exercise, cle, answer, cancellationToken)
            : (Try(exercise, cle, answer), 0, []);
        if (refusal == Refusal.Gone) return Gone(answer);
        if (refusal is null && !IsFragment) return RedirectToAction(nameof(Edit), new { course, chapter, number });

        var state = await StateAsync(exercise, cancellationToken);
        if (refusal is null) return Show(exercise, state, state.Last?.Answer, state.Last, xp, badges);
        Response.StatusCode = refusal == Refusal.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        ModelState.AddModelError("", texts[$"Refusal.{refusal}"]);
        return Show(exercise, state, answer, null);
    }

    /// <summary>Keeps what was entered so far; it is there on whatever computer its author goes on.</summary>
    [HttpPost("/cours/{course}/{chapter}/exercices/{number:int}/brouillon")]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, ValueCountLimit = 1000)]
    public async Task<IActionResult> Draft(string course, string chapter, int number, CancellationToken cancellationToken)
    {
        if (User.UserId is not { } userId) return Unauthorized();
        var answer = AnswerForm.Read(Request.Form);
        if (answer.IsTooLarge) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (await FindAsync(course, chapter, number, cancellationToken) is not { } exercise) return NotFound();
        var draft = await db.AnswerDrafts.SingleOrDefaultAsync(d => d.UserId == userId && d.ExerciseId == exercise.Id, cancellationToken);
        if (draft is null) db.AnswerDrafts.Add(draft = new AnswerDraft(userId, exercise.Id));
        draft.Save(answer.ToJson(), time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || fault.IsOfUniqueness)
        {
            // Of two at once, or of one and a submission, the other one stays.
        }

        return NoContent();
    }

    [HttpPost("/cours/{course}/{chapter}/exercices/{number:int}/indice")]
    [LivePage]
    [UsesSession(OnlyForVisitors = true)]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, ValueCountLimit = 1000)]
    public async Task<IActionResult> Hint(string course, string chapter, int number, CancellationToken cancellationToken)
    {
        var answer = AnswerForm.Read(Request.Form);
        if (await FindAsync(course, chapter, number, cancellationToken) is not { } exercise) return Gone(answer);
        var state = await StateAsync(exercise, cancellationToken);
        var seen = Math.Min(state.HintsSeen + 1, exercise.Content.Hints.Count);
        if (User.UserId is { } userId)
        {
            var progress = state.Progress;
            if (progress is null) db.ExerciseProgress.Add(progress = new ExerciseProgress(userId, exercise.Id));
            progress.SeeHint(seen);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || fault.IsOfUniqueness)
            {
                // Asked for twice at once: it is seen.
                db.ChangeTracker.Clear();
            }

            state = state with { Progress = progress };
        }
        else
        {
            var trial = Trials.Find(HttpContext.Session, exercise.Id);
            Trials.Add(HttpContext.Session, new Trial(exercise.Id, trial?.Key, trial?.Answer ?? answer.ToJson(), trial?.Tries ?? 0, seen));
            state = await StateAsync(exercise, cancellationToken);
        }

        return Show(exercise, state, answer, null);
    }

    bool IsFragment => Request.Headers.ContainsKey("HX-Request");

    async Task<Exercise?> FindAsync(string course, string chapter, int number, CancellationToken cancellationToken)
    {
        if (number <= 0) return null;
        var exercise = await db.Exercises.AsNoTracking().Include(e => e.Chapter).ThenInclude(c => c.Course)
            .SingleOrDefaultAsync(e => e.Number == number && e.Chapter.Slug == chapter && e.Chapter.Course.Slug == course && e.Chapter.Published && e.Chapter.Course.Published, cancellationToken);
        return exercise;
    }

    async Task<(Refusal?, int, IReadOnlyList<Domain.Badges.Badge>)> SubmitAsync(int userId, Exercise exercise, Guid? key, Answer answer, CancellationToken cancellationToken)
    {
        var submission = await submissions.SubmitAsync(userId, exercise.Id, key ?? Guid.NewGuid(), answer, cancellationToken);
        return (submission.Refusal, submission.Xp, submission.Badges);
    }

    /// <summary>A visitor's try.</summary>
    Refusal? Try(Exercise exercise, Guid? key, Answer answer)
    {
        if (answer.IsTooLarge) return Refusal.TooLarge;
        if (answer.IsEmpty) return Refusal.Empty;
        var trial = Trials.Find(HttpContext.Session, exercise.Id);
        if (trial is not null && key == trial.Key && key is not null) return null;
        if (exercise.MaximumTries <= trial?.Tries) return Refusal.NoTryLeft;
        try
        {
            Grader.Grade(exercise.Content, exercise.Points, answer);
        }
        catch (UnusableAnswerException)
        {
            return Refusal.Unusable;
        }

        Trials.Add(HttpContext.Session, new Trial(exercise.Id, key ?? Guid.NewGuid(), answer.ToJson(), (trial?.Tries ?? 0) + 1, trial?.HintsSeen ?? 0));
        return null;
    }

    async Task<AnswerState> StateAsync(Exercise exercise, CancellationToken cancellationToken)
    {
        if (User.UserId is { } userId)
        {
            var progress = await db.ExerciseProgress.SingleOrDefaultAsync(p => p.UserId == userId && p.ExerciseId == exercise.Id, cancellationToken);
            var draft = await db.AnswerDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.UserId == userId && d.ExerciseId == exercise.Id, cancellationToken);
            var last = progress?.LastOutcome is null ? null
                : await db.Attempts.AsNoTracking().Where(a => a.UserId == userId && a.ExerciseId == exercise.Id).OrderByDescending(a => a.Id).FirstOrDefaultAsync(cancellationToken);
            var released = await db.CorrectionReleases.AnyAsync(r => r.ExerciseId == exercise.Id && db.ClassMembers.Any(m => m.UserId == userId && m.ClassId == r.ClassId), cancellationToken);
            return new AnswerState(progress, draft is null ? null : Answer.FromJson(draft.Answer), last is null ? null : Judged.Of(last, progress!.RegradeUnseen), released);
        }

        if (Trials.Find(HttpContext.Session, exercise.Id) is not { } trial) return new AnswerState(null, null, null, false);
        var kept = Answer.FromJson(trial.Answer);
        return new AnswerState(null, null, trial.Key is null ? null : Judged.Of(exercise, kept), false) { Visitor = trial };
    }

    IActionResult Show(Exercise exercise, AnswerState state, Answer? entered, Judged? judged, int xp = 0, IReadOnlyList<Domain.Badges.Badge>? badges = null)
    {
        // Each sees the choices in an order of his own, which stays.
        var seed = User.UserId ?? 0;
        var model = AnswerViewModel.Of(exercise, state, entered, judged, seed, RandomNumberGenerator.GetBytes(16), User.UserId is not null, xp, badges ?? []);
        return IsFragment ? PartialView("_Answer", model) : View("Answer", model);
    }

    IActionResult Gone(Answer answer)
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return IsFragment ? PartialView("_Gone", answer) : View("Gone", answer);
    }
}
