using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data;

/// <summary>The portal's data. Everybody works with this type; each database has its own below it, with its own migrations.</summary>
public abstract class PortalDbContext(DbContextOptions options, OutboxLog outbox) : DbContext(options)
{
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<Chapter> Chapters => Set<Chapter>();
    public DbSet<CourseFile> CourseFiles => Set<CourseFile>();
    public DbSet<OldSlug> OldSlugs => Set<OldSlug>();
    public DbSet<ProgrammeContent> ProgrammeContents => Set<ProgrammeContent>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<DatabaseIdentity> Identity => Set<DatabaseIdentity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        modelBuilder.AddOutbox(outbox.Sql);
    }

    public sealed override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var saved = await WriteAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);
        // Holding nothing that other writers wait for: they need not wait until this change has been heard.
        await outbox.HeardAsync(this);
        return saved;
    }

    /// <summary>Begins a transaction that reads one moment of the database, in however many queries, and waits for no writer.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Saves when the database's own rule of writing lets it.</summary>
    protected virtual Task<int> WriteAsync(Func<Task<int>> save, CancellationToken cancellationToken) => save();
}
