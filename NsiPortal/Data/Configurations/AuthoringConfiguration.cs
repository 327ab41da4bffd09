using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data.Configurations;

sealed class AuthoringConfiguration : IEntityTypeConfiguration<CourseAuthor>, IEntityTypeConfiguration<ChapterDraft>, IEntityTypeConfiguration<ChapterRevision>
{
    public void Configure(EntityTypeBuilder<CourseAuthor> author)
    {
        author.ToTable("CourseAuthors");
        author.HasKey(a => new { a.CourseId, a.UserId });
        author.HasOne(a => a.Course).WithMany(c => c.Authors).HasForeignKey(a => a.CourseId).OnDelete(DeleteBehavior.Cascade);
        author.HasOne(a => a.User).WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ChapterDraft> draft)
    {
        draft.ToTable("ChapterDrafts");
        draft.HasKey(d => d.ChapterId);
        draft.Property(d => d.ChapterId).ValueGeneratedNever();
        draft.Property(d => d.Title).HasMaxLength(Course.MaxTitleLength);
        draft.Property(d => d.Summary).HasMaxLength(Course.MaxSummaryLength);
        draft.HasOne(d => d.Chapter).WithOne(c => c.Draft).HasForeignKey<ChapterDraft>(d => d.ChapterId).OnDelete(DeleteBehavior.Cascade);
        draft.HasOne(d => d.Author).WithMany().HasForeignKey(d => d.AuthorId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<ChapterRevision> revision)
    {
        revision.ToTable("ChapterRevisions");
        revision.Property(r => r.Note).HasMaxLength(ChapterRevision.MaxNoteLength);
        revision.Property(r => r.Title).HasMaxLength(Course.MaxTitleLength);
        revision.Property(r => r.Summary).HasMaxLength(Course.MaxSummaryLength);
        revision.HasIndex(r => new { r.ChapterId, r.Number }).IsUnique();
        revision.HasOne(r => r.Chapter).WithMany(c => c.Revisions).HasForeignKey(r => r.ChapterId).OnDelete(DeleteBehavior.Cascade);
        revision.HasOne(r => r.Author).WithMany().HasForeignKey(r => r.AuthorId).OnDelete(DeleteBehavior.SetNull);
    }
}
