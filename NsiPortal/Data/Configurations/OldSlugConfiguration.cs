using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data.Configurations;

sealed class OldSlugConfiguration : IEntityTypeConfiguration<OldSlug>
{
    public void Configure(EntityTypeBuilder<OldSlug> old)
    {
        old.Property(o => o.Slug).HasMaxLength(Slug.MaxLength);
        old.HasIndex(o => o.Slug);
        old.HasOne<Course>().WithMany().HasForeignKey(o => o.CourseId).OnDelete(DeleteBehavior.Cascade);
        old.HasOne<Chapter>().WithMany().HasForeignKey(o => o.ChapterId).OnDelete(DeleteBehavior.Cascade);
    }
}
