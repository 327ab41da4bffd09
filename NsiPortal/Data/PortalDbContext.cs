using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data;

public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options, WriteGate gate) : DbContext(options)
{
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<Chapter> Chapters => Set<Chapter>();
    public DbSet<CourseFile> CourseFiles => Set<CourseFile>();
    public DbSet<OldSlug> OldSlugs => Set<OldSlug>();
    public DbSet<ProgrammeContent> ProgrammeContents => Set<ProgrammeContent>();
    public DbSet<DatabaseIdentity> Identity => Set<DatabaseIdentity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);

    // SQLite has no type for instants and compares text: UTC ticks order correctly.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Inside an explicit transaction the gate is already held, or SQLite's own lock serves.
        if (Database.CurrentTransaction is not null) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        using (await gate.EnterAsync(cancellationToken)) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
