using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Search;

namespace NsiPortal.Data.Configurations;

sealed class SearchTextConfiguration : IEntityTypeConfiguration<SearchText>
{
    public void Configure(EntityTypeBuilder<SearchText> text)
    {
        text.ToTable("SearchTexts");
        text.HasKey(t => t.ChapterId);
        text.Property(t => t.ChapterId).ValueGeneratedNever();
        text.HasOne<Chapter>().WithOne().HasForeignKey<SearchText>(t => t.ChapterId).OnDelete(DeleteBehavior.Cascade);
    }
}
