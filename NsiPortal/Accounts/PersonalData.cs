using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>All that is kept of a user: to be taken away by them, or forgotten.</summary>
public sealed class PersonalData(PortalDbContext db)
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<byte[]> ExportAsync(int userId, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            compte = new { user.Nickname, role = user.Role.ToString(), user.Avatar, user.ShownToAll, langue = user.Language, theme = user.Theme, user.CreatedAt, user.FailedSignIns, user.LockedUntil, user.MustChangePassword },
            classes = await db.ClassMembers.Where(m => m.UserId == userId).Select(m => new { m.Class.Name, m.JoinedAt }).ToListAsync(cancellationToken),
            reponses = (await db.Attempts.Where(a => a.UserId == userId).OrderBy(a => a.Id)
                .Select(a => new { a.Exercise.Chapter.Course.Slug, Chapter = a.Exercise.Chapter.Slug, a.Exercise.Key, a.Exercise.Title, a.Version, a.Number, a.Answer, a.Outcome, a.Score, a.Points, a.At, a.Regraded, a.Comment })
                .ToListAsync(cancellationToken)).ConvertAll(a => new
                {
                    exercice = $"{a.Slug}/{a.Chapter}/{a.Key}", a.Title, a.Version, essai = a.Number, reponse = JsonSerializer.Deserialize<JsonElement>(a.Answer), verdict = a.Outcome.ToString(), a.Score, a.Points, a.At, a.Regraded, a.Comment,
                }),
            brouillons = (await db.AnswerDrafts.Where(d => d.UserId == userId).OrderBy(d => d.ExerciseId)
                .Join(db.Exercises, d => d.ExerciseId, e => e.Id, (d, e) => new { e.Chapter.Course.Slug, Chapter = e.Chapter.Slug, e.Key, d.Answer, d.SavedAt }).ToListAsync(cancellationToken)).ConvertAll(d => new { exercice = $"{d.Slug}/{d.Chapter}/{d.Key}", reponse = JsonSerializer.Deserialize<JsonElement>(d.Answer), d.SavedAt }),
            progression = await db.ExerciseProgress.Where(p => p.UserId == userId).OrderBy(p => p.ExerciseId)
                .Select(p => new { exercice = p.Exercise.Chapter.Course.Slug + "/" + p.Exercise.Chapter.Slug + "/" + p.Exercise.Key, p.Exercise.Title, p.Tries, p.BestScore, p.HintsSeen, p.FirstAt, p.SolvedAt, p.LastAt }).ToListAsync(cancellationToken),
            experience = (await db.XpEvents.AsNoTracking().Where(e => e.UserId == userId).OrderBy(e => e.Id).ToListAsync(cancellationToken)).ConvertAll(e => new { pour = e.Kind.ToString(), e.SourceId, e.Amount, e.At }),
            jours = await db.DailyActivity.AsNoTracking().Where(a => a.UserId == userId).OrderBy(a => a.Day).Select(a => new { a.Day, a.Tries, a.Solved, a.Xp }).ToListAsync(cancellationToken),
            administration = (await db.AuditEntries.AsNoTracking().Where(e => e.UserId == userId).OrderBy(e => e.Id).ToListAsync(cancellationToken)).ConvertAll(e => new { acte = e.Act.ToString(), e.Detail, e.At }),
            actes_sur_vous = (await db.AuditEntries.AsNoTracking().Where(e => e.TargetUserId == userId).OrderBy(e => e.Id).ToListAsync(cancellationToken)).ConvertAll(e => new { acte = e.Act.ToString(), e.Detail, e.At }),
            cours_ecrits = await db.CourseAuthors.Where(a => a.UserId == userId).OrderBy(a => a.CourseId).Select(a => new { a.Course.Title, a.Since }).ToListAsync(cancellationToken),
            versions = await db.ChapterRevisions.Where(r => r.AuthorId == userId).OrderBy(r => r.Id).Select(r => new { cours = r.Chapter.Course.Slug, chapitre = r.Chapter.Slug, r.Number, r.At, r.Note }).ToListAsync(cancellationToken),
            textes_en_cours = await db.ChapterDrafts.Where(d => d.AuthorId == userId).OrderBy(d => d.ChapterId).Select(d => new { cours = d.Chapter.Course.Slug, chapitre = d.Chapter.Slug, d.SavedAt }).ToListAsync(cancellationToken),
            classes_enseignees = await db.Classes.Where(c => c.TeacherId == userId || c.Teachers.Any(t => t.UserId == userId)).OrderBy(c => c.Id).Select(c => new { c.Name, c.CreatedAt }).ToListAsync(cancellationToken),
            badges = await db.EarnedBadges.Where(b => b.UserId == userId).Select(b => new { b.Code, b.At }).ToListAsync(cancellationToken),
        }, Readable);
    }

    /// <summary>The account goes with all that names its user; answers stay, of nobody, so that the counts of exercises stay true.</summary>
    /// <returns>Why it stays; null when it has gone.</returns>
    public async Task<DeletionFault?> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        if (await db.Classes.AnyAsync(c => c.TeacherId == user.Id, cancellationToken)) return DeletionFault.HasClasses;
        var last = false;
        var classes = await db.ClassMembers.Where(m => m.UserId == user.Id).Select(m => m.ClassId).ToListAsync(cancellationToken);
        try
        {
            await ForgetAsync();
        }
        catch (DbUpdateException fault) when (fault.IsOfReference)
        {
            // A class was made, or handed over to them, meanwhile.
            db.ChangeTracker.Clear();
            return DeletionFault.HasClasses;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Asked for twice at once: it has gone.
            db.ChangeTracker.Clear();
        }

        return last ? DeletionFault.LastAdministrator : null;

        Task ForgetAsync() => db.InTransactionAsync(async () =>
        {
            if (user.Role == Role.Administrator && (last = await db.IsLastAdministratorAsync(user.Id, cancellationToken))) return;
            // Who is answering meanwhile has answered, and is forgotten with the rest.
            await db.LockUserAsync(user.Id, cancellationToken);
            IReadOnlyList<FieldFeedback> nothing = [];
            // What a pupil wrote freely may name them.
            await db.WriteAsync([Tags.OfUser(user.Id), .. classes.Select(Tags.OfClass)], cancellation => db.Attempts.Where(a => a.UserId == user.Id).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.UserId, (int?)null).SetProperty(a => a.Answer, "{}").SetProperty(a => a.Feedback, nothing).SetProperty(a => a.Comment, (string?)null), cancellation), cancellationToken);
            // The acts stay, of nobody and upon nobody; no page that is kept shows them.
            await BulkGuard.DeclaredAsync(() => db.AuditEntries.Where(e => e.UserId == user.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Nickname, ""), cancellationToken));
            await BulkGuard.DeclaredAsync(() => db.AuditEntries.Where(e => e.TargetUserId == user.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Target, ""), cancellationToken));
            // Nor does any page that is kept show who marked an answer, or changed an item of the catalogue.
            await BulkGuard.DeclaredAsync(() => db.Attempts.Where(a => a.MarkedById == user.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.MarkedById, (int?)null), cancellationToken));
            await BulkGuard.DeclaredAsync(() => db.Universities.Where(i => i.ChangedById == user.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ChangedById, (int?)null), cancellationToken));
            await BulkGuard.DeclaredAsync(() => db.Faculties.Where(i => i.ChangedById == user.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ChangedById, (int?)null), cancellationToken));
            await BulkGuard.DeclaredAsync(() => db.StudyProgrammes.Where(i => i.ChangedById == user.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ChangedById, (int?)null), cancellationToken));
            await BulkGuard.DeclaredAsync(() => db.Subjects.Where(i => i.ChangedById == user.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ChangedById, (int?)null), cancellationToken));
            db.Users.Remove(user);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
    }
}

public enum DeletionFault
{
    /// <summary>Their pupils would lose them.</summary>
    HasClasses,
    LastAdministrator,
}
