using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data;

public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options, WriteGate gate, OutboxLog outbox) : DbContext(options)
{
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<Chapter> Chapters => Set<Chapter>();
    public DbSet<CourseFile> CourseFiles => Set<CourseFile>();
    public DbSet<OldSlug> OldSlugs => Set<OldSlug>();
    public DbSet<ProgrammeContent> ProgrammeContents => Set<ProgrammeContent>();
    public DbSet<DatabaseIdentity> Identity => Set<DatabaseIdentity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        modelBuilder.AddOutbox(OutboxSql.Sqlite);
    }

    // SQLite has no type for instants and compares text: UTC ticks order correctly.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Inside an explicit transaction SQLite's own lock, which it may hold already, does what the gate does.
        if (Database.CurrentTransaction is not null) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        int saved;
        using (await gate.EnterAsync(cancellationToken)) saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        // Without the gate: other writers need not wait until this change has been heard.
        await outbox.HeardAsync(this);
        return saved;
    }

    sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
