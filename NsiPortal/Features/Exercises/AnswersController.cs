using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Exercises;

/// <summary>
/// The form to answer an exercise: a fragment for the page of the exercise, or without scripts a page. Visitors answer too; what they enter is in their
/// session.
/// </summary>
[AutoValidateAntiforgeryToken]
public sealed class AnswersController(PortalDbContext db, Submissions submissions, IAntiforgery antiforgery, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    /// <summary>Larger than any answer may be, so that who entered too much gets it back with a word about it.</summary>
    const int MaximumRequest = 512 * 1024;

    const string Route = "/cours/{course}/{chapter}/exercices/{number:int}/reponse";

    [HttpGet(Route)]
    [LivePage]
    [UsesSession(OnlyForVisitors = true)]
    public async Task<IActionResult> Edit(string course, string chapter, int number, CancellationToken cancellationToken)
    {
        if (await FindAsync(course, chapter, number, null, cancellationToken) is not { } asked) return NotFound();
        var state = await StateAsync(asked, cancellationToken);
        if (state.Progress is { RegradeUnseen: true } progress)
        {
            progress.SeeRegrade();
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Seen in another window, or answered anew, at the same time.
            }
        }

        return Show(asked, state, state.Draft ?? state.Last?.Answer, state.Draft is null || state.Last is { Regraded: true } ? state.Last : null);
    }

    // Both forms look at their token themselves: from before a sign-in, or after its end, it gives back what was entered instead of a page of an error.
    [HttpPost(Route)]
    [IgnoreAntiforgeryToken]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Answers)]
    [UsesSession(OnlyForVisitors = true)]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, ValueCountLimit = 1000)]
    public async Task<IActionResult> Create(string course, string chapter, int number, Guid? cle, int? exercice, CancellationToken cancellationToken)
    {
        var answer = AnswerForm.Read(Request.Form);
        if (await FindAsync(course, chapter, number, exercice, cancellationToken) is not { } asked) return Gone(answer);
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return await StaleAsync(asked, answer, cle, cancellationToken);
        var submission = User.UserId is { } userId
            ? await submissions.SubmitAsync(userId, asked.Exercise, cle ?? Guid.NewGuid(), answer, cancellationToken)
            : Try(asked.Exercise, cle, answer);
        if (submission.Refusal == Refusal.Gone) return Gone(answer);
        if (submission.Refusal is { } refusal)
        {
            Response.StatusCode = refusal == Refusal.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            ModelState.AddModelError("", texts[$"Refusal.{refusal}"]);
            return Show(asked, await StateAsync(asked, cancellationToken), answer, null);
        }

        if (!IsFragment) return RedirectToAction(nameof(Edit), new { course, chapter, number });
        var state = submission.Attempt is { } attempt ? new AnswerState(submission.Progress, null, Judged.Of(attempt, regraded: false), asked.Released) : await StateAsync(asked, cancellationToken);
        return Show(asked, state, state.Last?.Answer, state.Last, submission.Xp, submission.Badges);
    }

    /// <summary>Keeps what was entered so far; it is there on whatever computer its author goes on.</summary>
    [HttpPost("/cours/{course}/{chapter}/exercices/{number:int}/brouillon")]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Answers)]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, ValueCountLimit = 1000)]
    public async Task<IActionResult> Draft(string course, string chapter, int number, int? exercice, CancellationToken cancellationToken)
    {
        if (User.UserId is not { } userId) return Unauthorized();
        var answer = AnswerForm.Read(Request.Form);
        if (answer.IsTooLarge) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (await FindAsync(course, chapter, number, exercice, cancellationToken) is not { Exercise: var exercise }) return NotFound();
        var draft = await db.AnswerDrafts.SingleOrDefaultAsync(d => d.UserId == userId && d.ExerciseId == exercise.Id, cancellationToken);
        if (draft is null) db.AnswerDrafts.Add(draft = new AnswerDraft(userId, exercise.Id));
        draft.Save(answer.ToJson(), time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || fault.IsOfUniqueness || fault.IsOfReference)
        {
            // Of two at once, or of one and a submission, the other one stays; and whoever is gone needs none.
        }

        return NoContent();
    }

    [HttpPost("/cours/{course}/{chapter}/exercices/{number:int}/indice")]
    [IgnoreAntiforgeryToken]
    [LivePage]
    [EnableRateLimiting(AccountsSetup.Answers)]
    [UsesSession(OnlyForVisitors = true)]
    [RequestSizeLimit(MaximumRequest)]
    [RequestFormLimits(ValueLengthLimit = MaximumRequest, ValueCountLimit = 1000)]
    public async Task<IActionResult> Hint(string course, string chapter, int number, int? exercice, CancellationToken cancellationToken)
    {
        var answer = AnswerForm.Read(Request.Form);
        if (await FindAsync(course, chapter, number, exercice, cancellationToken) is not { Exercise: var exercise } asked) return Gone(answer);
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return await StaleAsync(asked, answer, null, cancellationToken);
        var state = await StateAsync(asked, cancellationToken);
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
            Trials.Add(HttpContext.Session, (trial ?? new Trial(exercise.Id, null, "{}", 0, 0)) with { HintsSeen = seen });
            state = await StateAsync(asked, cancellationToken);
        }

        return Show(asked, state, answer, null);
    }

    /// <param name="key">Of a submission that may have been counted, though its author was not told: sent again it counts once.</param>
    async Task<IActionResult> StaleAsync(AskedExercise asked, Answer answer, Guid? key, CancellationToken cancellationToken)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        ModelState.AddModelError("", texts[User.UserId is null ? "Answer.SignedOut" : "Answer.Stale"]);
        return Show(asked, await StateAsync(asked, cancellationToken), answer, null, key: key);
    }

    bool IsFragment => Request.Headers.ContainsKey("HX-Request");

    /// <param name="expected">The one that a form was made for: its place may be another's by now. Null for whichever stands there.</param>
    async Task<AskedExercise?> FindAsync(string course, string chapter, int number, int? expected, CancellationToken cancellationToken)
    {
        var (userId, now) = (User.UserId, time.GetUtcNow());
        return number <= 0 ? null : await db.Exercises.AsNoTracking()
            .Where(e => e.Number == number && e.Chapter.Slug == chapter && e.Chapter.Course.Slug == course && e.Chapter.Published && e.Chapter.Course.Published && (expected == null || e.Id == expected))
            .Select(e => new AskedExercise(e, e.Chapter.Slug, e.Chapter.Title, e.Chapter.Course.Slug, e.Chapter.Course.Title,
                userId != null && db.CorrectionReleases.Any(r => r.ExerciseId == e.Id && r.At <= now && db.ClassMembers.Any(m => m.UserId == userId && m.ClassId == r.ClassId))))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A visitor's try, kept in the session.</summary>
    Submission Try(Exercise exercise, Guid? key, Answer answer)
    {
        if (answer.IsTooLarge) return Submission.Refused(Refusal.TooLarge);
        if (exercise.Content.IsBlank(answer)) return Submission.Refused(Refusal.Empty);
        var trial = Trials.Find(HttpContext.Session, exercise.Id);
        var kept = new Submission(null, null, null, 0, []);
        if (key is not null && key == trial?.Key) return kept;
        if (exercise.MaximumTries <= trial?.Tries) return Submission.Refused(Refusal.NoTryLeft);
        if (Judged.Of(exercise, answer) is null) return Submission.Refused(Refusal.Unusable);
        Trials.Add(HttpContext.Session, new Trial(exercise.Id, key ?? Guid.NewGuid(), answer.ToJson(), (trial?.Tries ?? 0) + 1, trial?.HintsSeen ?? 0));
        return kept;
    }

    async Task<AnswerState> StateAsync(AskedExercise asked, CancellationToken cancellationToken)
    {
        var exercise = asked.Exercise;
        if (User.UserId is { } userId)
        {
            var progress = await db.ExerciseProgress.SingleOrDefaultAsync(p => p.UserId == userId && p.ExerciseId == exercise.Id, cancellationToken);
            var draft = await db.AnswerDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.UserId == userId && d.ExerciseId == exercise.Id, cancellationToken);
            var last = progress?.LastOutcome is null ? null
                : await db.Attempts.AsNoTracking().Where(a => a.UserId == userId && a.ExerciseId == exercise.Id).OrderByDescending(a => a.Id).FirstOrDefaultAsync(cancellationToken);
            return new AnswerState(progress, draft is null ? null : Answer.FromJson(draft.Answer), last is null ? null : Judged.Of(last, progress!.RegradeUnseen), asked.Released);
        }

        if (Trials.Find(HttpContext.Session, exercise.Id) is not { } trial) return new AnswerState(null, null, null, false);
        return new AnswerState(null, null, trial.Key is null ? null : Judged.Of(exercise, Answer.FromJson(trial.Answer)), false) { Visitor = trial };
    }

    IActionResult Show(AskedExercise asked, AnswerState state, Answer? entered, Judged? judged, int xp = 0, IReadOnlyList<Badge>? badges = null, Guid? key = null)
    {
        var model = AnswerViewModel.Of(asked, state, entered, judged, key ?? Guid.NewGuid(), User.UserId, xp, badges ?? []);
        return IsFragment ? PartialView("_Answer", model) : View("Answer", model);
    }

    IActionResult Gone(Answer answer)
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return IsFragment ? PartialView("_Gone", answer) : View("Gone", answer);
    }
}
