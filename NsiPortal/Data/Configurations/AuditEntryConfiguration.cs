using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;

namespace NsiPortal.Data.Configurations;

sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("AuditEntries");
        entry.Property(e => e.Nickname).HasMaxLength(Nickname.MaxLength);
        entry.Property(e => e.Act).HasConversion<string>().HasMaxLength(40);
        entry.Property(e => e.Target).HasMaxLength(AuditEntry.MaxTextLength);
        entry.Property(e => e.Detail).HasMaxLength(AuditEntry.MaxTextLength);
        entry.HasOne<User>().WithMany().HasForeignKey(e => e.UserId).OnDelete(DeleteBehavior.SetNull);
        entry.HasOne(e => e.TargetUser).WithMany().HasForeignKey(e => e.TargetUserId).OnDelete(DeleteBehavior.SetNull);
    }
}
