using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data.Configurations;

sealed class CourseConfiguration : IEntityTypeConfiguration<Course>
{
    public void Configure(EntityTypeBuilder<Course> course)
    {
        course.Property(c => c.Slug).HasMaxLength(Slug.MaxLength);
        course.Property(c => c.Title).HasMaxLength(Course.MaxTitleLength);
        course.Property(c => c.Summary).HasMaxLength(Course.MaxSummaryLength);
        course.Property(c => c.Author).HasMaxLength(Course.MaxTitleLength);
        course.Property(c => c.Licence).HasMaxLength(Course.MaxTitleLength);
        course.HasIndex(c => c.Slug).IsUnique();
        course.HasIndex(c => new { c.Published, c.Level, c.Position });
        course.HasIndex(c => c.PublishAt);
        course.HasIndex(c => c.DeletedAt);
        course.HasMany(c => c.Chapters).WithOne(c => c.Course).HasForeignKey(c => c.CourseId).OnDelete(DeleteBehavior.Cascade);
        course.HasMany(c => c.Files).WithOne().HasForeignKey(f => f.CourseId).OnDelete(DeleteBehavior.Cascade);
    }
}
