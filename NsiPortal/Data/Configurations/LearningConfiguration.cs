using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;

namespace NsiPortal.Data.Configurations;

/// <summary>What pupils do. It goes with the account, but for attempts, which stay without a name.</summary>
sealed class LearningConfiguration :
    IEntityTypeConfiguration<Attempt>, IEntityTypeConfiguration<ExerciseProgress>, IEntityTypeConfiguration<AnswerDraft>, IEntityTypeConfiguration<XpEvent>,
    IEntityTypeConfiguration<DailyActivity>, IEntityTypeConfiguration<Standing>, IEntityTypeConfiguration<EarnedBadge>, IEntityTypeConfiguration<CorrectionRelease>
{
    public void Configure(EntityTypeBuilder<Attempt> attempt)
    {
        attempt.Property(a => a.Feedback).HasJson();
        attempt.Property(a => a.Comment).HasMaxLength(Attempt.MaxCommentLength);
        // The same submission sent twice, and two at once of one pupil for one exercise: the second fails.
        attempt.HasIndex(a => new { a.UserId, a.Key }).IsUnique();
        attempt.HasIndex(a => new { a.UserId, a.ExerciseId, a.Number }).IsUnique();
        attempt.HasIndex(a => new { a.UserId, a.At });
        attempt.HasIndex(a => a.ExerciseId);
        // What is worked at these days; grading again is no try.
        attempt.HasIndex(a => new { a.At, a.ExerciseId }).HasFilter("\"Number\" > 0");
        attempt.HasOne<User>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.SetNull);
        attempt.HasOne(a => a.Exercise).WithMany().HasForeignKey(a => a.ExerciseId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ExerciseProgress> progress)
    {
        progress.ToTable("ExerciseProgress");
        progress.HasKey(p => new { p.UserId, p.ExerciseId });
        progress.Property(p => p.Revision).IsConcurrencyToken();
        progress.HasIndex(p => p.ExerciseId);
        OfUser(progress, nameof(ExerciseProgress.UserId));
        progress.HasOne(p => p.Exercise).WithMany().HasForeignKey(p => p.ExerciseId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AnswerDraft> draft)
    {
        draft.ToTable("AnswerDrafts");
        draft.HasKey(d => new { d.UserId, d.ExerciseId });
        OfUser(draft, nameof(AnswerDraft.UserId));
        OfExercise(draft, nameof(AnswerDraft.ExerciseId));
    }

    public void Configure(EntityTypeBuilder<XpEvent> xp)
    {
        xp.ToTable("XpEvents");
        xp.HasIndex(e => new { e.UserId, e.Kind, e.SourceId }).IsUnique();
        OfUser(xp, nameof(XpEvent.UserId));
    }

    public void Configure(EntityTypeBuilder<DailyActivity> activity)
    {
        activity.ToTable("DailyActivity");
        activity.HasKey(a => new { a.UserId, a.Day });
        // Holds all that is counted of a day: everybody's rows are not looked up for it.
        activity.HasIndex(a => new { a.Day, a.UserId, a.Tries, a.Solved });
        OfUser(activity, nameof(DailyActivity.UserId));
    }

    public void Configure(EntityTypeBuilder<Standing> standing)
    {
        standing.ToTable("Standings");
        standing.HasKey(s => new { s.Period, s.UserId });
        // Of those who are seen: the best first, and of two alike the first who was so good. SQLite uses no flag as a column of an index.
        standing.HasIndex(s => new { s.Period, s.Xp, s.ReachedAt }).IsDescending(false, true, false).HasFilter("\"Shown\"");
        // A rank counts all who have more. There are few different numbers, and PostgreSQL keeps equal keys once: less to read than the index above.
        standing.HasIndex(s => new { s.Period, s.Xp }).HasFilter("\"Shown\"");
        standing.HasIndex(s => new { s.Period, s.Bucket }).HasFilter("\"Shown\"");
        OfUser(standing, nameof(Standing.UserId));
    }

    public void Configure(EntityTypeBuilder<EarnedBadge> badge)
    {
        badge.ToTable("EarnedBadges");
        badge.HasKey(b => new { b.UserId, b.Code });
        badge.Property(b => b.Code).HasMaxLength(60);
        OfUser(badge, nameof(EarnedBadge.UserId));
    }

    public void Configure(EntityTypeBuilder<CorrectionRelease> release)
    {
        release.ToTable("CorrectionReleases");
        release.HasKey(r => new { r.ClassId, r.ExerciseId });
        release.HasOne<SchoolClass>().WithMany().HasForeignKey(r => r.ClassId).OnDelete(DeleteBehavior.Cascade);
        OfExercise(release, nameof(CorrectionRelease.ExerciseId));
    }

    static void OfUser<T>(EntityTypeBuilder<T> entity, string key) where T : class => entity.HasOne<User>().WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Cascade);

    static void OfExercise<T>(EntityTypeBuilder<T> entity, string key) where T : class => entity.HasOne<Exercise>().WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Cascade);
}
