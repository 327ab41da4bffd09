using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data.Configurations;

sealed class ProgrammeContentConfiguration : IEntityTypeConfiguration<ProgrammeContent>
{
    public void Configure(EntityTypeBuilder<ProgrammeContent> content)
    {
        content.HasKey(c => c.Code);
        content.Property(c => c.Code).HasMaxLength(20);
        content.Property(c => c.Theme).HasMaxLength(120);
        content.Property(c => c.Title).HasMaxLength(240);
    }
}
