using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data.Search;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Search;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Data;

/// <summary>The portal's data. Everybody works with this type; each database has its own below it, with its own migrations.</summary>
public abstract class PortalDbContext(DbContextOptions options, OutboxLog outbox) : DbContext(options)
{
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<Chapter> Chapters => Set<Chapter>();
    public DbSet<CourseAuthor> CourseAuthors => Set<CourseAuthor>();
    public DbSet<ChapterDraft> ChapterDrafts => Set<ChapterDraft>();
    public DbSet<ChapterRevision> ChapterRevisions => Set<ChapterRevision>();
    public DbSet<CourseFile> CourseFiles => Set<CourseFile>();
    public DbSet<OldSlug> OldSlugs => Set<OldSlug>();
    public DbSet<ProgrammeContent> ProgrammeContents => Set<ProgrammeContent>();
    public DbSet<User> Users => Set<User>();
    public DbSet<SchoolClass> Classes => Set<SchoolClass>();
    public DbSet<ClassMember> ClassMembers => Set<ClassMember>();
    public DbSet<Exercise> Exercises => Set<Exercise>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<ExerciseProgress> ExerciseProgress => Set<ExerciseProgress>();
    public DbSet<AnswerDraft> AnswerDrafts => Set<AnswerDraft>();
    public DbSet<XpEvent> XpEvents => Set<XpEvent>();
    public DbSet<DailyActivity> DailyActivity => Set<DailyActivity>();
    public DbSet<Standing> Standings => Set<Standing>();
    public DbSet<EarnedBadge> EarnedBadges => Set<EarnedBadge>();
    public DbSet<ClassTeacher> ClassTeachers => Set<ClassTeacher>();
    public DbSet<ClassCourse> ClassCourses => Set<ClassCourse>();
    public DbSet<DueDate> DueDates => Set<DueDate>();
    public DbSet<CorrectionRelease> CorrectionReleases => Set<CorrectionRelease>();
    public DbSet<SearchText> SearchTexts => Set<SearchText>();
    public DbSet<University> Universities => Set<University>();
    public DbSet<Faculty> Faculties => Set<Faculty>();
    public DbSet<StudyProgramme> StudyProgrammes => Set<StudyProgramme>();
    public DbSet<Subject> Subjects => Set<Subject>();
    public DbSet<SubjectCourse> SubjectCourses => Set<SubjectCourse>();
    public DbSet<FormerAddress> FormerAddresses => Set<FormerAddress>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<DatabaseIdentity> Identity => Set<DatabaseIdentity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        modelBuilder.AddOutbox(outbox.Sql);
    }

    public sealed override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (SearchIndexing.For(ChangeTracker) is { IsNeeded: true } indexing) return await SaveAndIndexAsync(indexing, acceptAllChangesOnSuccess, cancellationToken);
        var saved = await WriteAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);
        // Holding nothing that other writers wait for: they need not wait until this change has been heard.
        await outbox.HeardAsync(this);
        return saved;
    }

    /// <summary>What search knows of a chapter is saved with the chapter, or neither.</summary>
    async Task<int> SaveAndIndexAsync(SearchIndexing indexing, bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        var (saved, accepted) = (0, false);
        try
        {
            if (Database.CurrentTransaction is null) await InTransactionAsync(SaveAsync, cancellationToken);
            else await SaveAsync();
        }
        catch when (accepted)
        {
            // It believes to be saved what has been rolled back.
            ChangeTracker.Clear();
            throw;
        }

        return saved;

        async Task SaveAsync()
        {
            await indexing.LockAsync(this, cancellationToken);
            saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            accepted = true;
            await indexing.RunAsync(this, cancellationToken);
            await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellationToken);
        }
    }

    /// <summary>
    /// Writes several times in one transaction, which is committed at the end, when the database's own rule of writing lets it. Returns when everybody has
    /// heard of it, holding nothing meanwhile that other writers wait for.
    /// </summary>
    public async Task InTransactionAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await WriteAsync(async () =>
        {
            await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
            await act();
            outbox.HearLater(this);
            try
            {
                await transaction.CommitAsync(CancellationToken.None);
            }
            finally
            {
                outbox.HearAtOnce(this);
            }

            return 0;
        }, cancellationToken);
        await outbox.HeardAsync(this);
    }

    /// <summary>Begins a transaction that reads one moment of the database, in however many queries, and waits for no writer.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>The chapters, published or not, that have all words of a query, the best first when ordered by their rank.</summary>
    public abstract IQueryable<SearchHit> Matching(SearchQuery query);

    /// <summary>Waits for whoever changes what a user has done, and lets nobody else before the transaction under way ends.</summary>
    public abstract Task LockUserAsync(int userId, CancellationToken cancellationToken);

    /// <summary>Saves when the database's own rule of writing lets it.</summary>
    protected virtual Task<int> WriteAsync(Func<Task<int>> save, CancellationToken cancellationToken) => save();
}
