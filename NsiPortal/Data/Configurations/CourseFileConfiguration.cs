using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data.Configurations;

sealed class CourseFileConfiguration : IEntityTypeConfiguration<CourseFile>
{
    public void Configure(EntityTypeBuilder<CourseFile> file)
    {
        file.Property(f => f.Name).HasMaxLength(CourseFile.MaxNameLength);
        file.Property(f => f.MediaType).HasMaxLength(100);
        file.Property(f => f.Hash).HasMaxLength(64);
        file.Property(f => f.Alternative).HasMaxLength(CourseFile.MaxAlternativeLength);
        file.HasIndex(f => new { f.CourseId, f.Name }).IsUnique();
    }
}
