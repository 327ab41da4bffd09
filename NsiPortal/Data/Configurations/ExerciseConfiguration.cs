using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Data.Configurations;

sealed class ExerciseConfiguration : IEntityTypeConfiguration<Exercise>
{
    public void Configure(EntityTypeBuilder<Exercise> exercise)
    {
        exercise.Property(e => e.Key).HasMaxLength(Slug.MaxLength);
        exercise.Property(e => e.Title).HasMaxLength(Course.MaxTitleLength);
        exercise.Property(e => e.Content).HasJson();
        exercise.Ignore(e => e.Retired);
        exercise.HasIndex(e => new { e.ChapterId, e.Key }).IsUnique();
        exercise.HasOne(e => e.Chapter).WithMany(c => c.Exercises).HasForeignKey(e => e.ChapterId).OnDelete(DeleteBehavior.Cascade);
    }
}
