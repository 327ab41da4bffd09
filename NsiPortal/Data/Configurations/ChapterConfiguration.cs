using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data.Configurations;

sealed class ChapterConfiguration : IEntityTypeConfiguration<Chapter>
{
    public void Configure(EntityTypeBuilder<Chapter> chapter)
    {
        chapter.Property(c => c.Slug).HasMaxLength(Slug.MaxLength);
        chapter.Property(c => c.Title).HasMaxLength(Course.MaxTitleLength);
        chapter.Property(c => c.Summary).HasMaxLength(Course.MaxSummaryLength);
        chapter.HasIndex(c => new { c.CourseId, c.Slug }).IsUnique();
        chapter.HasIndex(c => new { c.CourseId, c.Position });
        chapter.HasIndex(c => c.PublishAt);
        chapter.HasIndex(c => c.DeletedAt);
        chapter.Property(c => c.Revision).HasDefaultValue(0);

        // Written and read whole, never searched: one JSON column.
        chapter.Property(c => c.TableOfContents).HasConversion(
            toc => JsonSerializer.Serialize(toc, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<List<TocEntry>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyList<TocEntry>>(
                (a, b) => a!.SequenceEqual(b!),
                toc => toc.Aggregate(0, HashCode.Combine),
                toc => toc.ToList()));

        chapter.HasMany(c => c.Contents).WithMany().UsingEntity<Dictionary<string, object>>(
            EntityTags.ChapterContents,
            row => row.HasOne<ProgrammeContent>().WithMany().HasForeignKey("ContentCode").OnDelete(DeleteBehavior.Cascade),
            row => row.HasOne<Chapter>().WithMany().HasForeignKey("ChapterId").OnDelete(DeleteBehavior.Cascade));
    }
}
