using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.People;

namespace NsiPortal.Data.Configurations;

sealed class SchoolClassConfiguration : IEntityTypeConfiguration<SchoolClass>, IEntityTypeConfiguration<ClassMember>
{
    public void Configure(EntityTypeBuilder<SchoolClass> schoolClass)
    {
        schoolClass.ToTable("Classes");
        schoolClass.Property(c => c.Name).HasMaxLength(SchoolClass.MaxNameLength);
        schoolClass.Property(c => c.Code).HasMaxLength(JoinCode.Length);
        schoolClass.HasIndex(c => c.Code).IsUnique();
        schoolClass.HasOne<User>().WithMany().HasForeignKey(c => c.TeacherId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ClassMember> member)
    {
        member.ToTable("ClassMembers");
        member.HasKey(m => new { m.ClassId, m.UserId });
        member.HasOne(m => m.Class).WithMany(c => c.Members).HasForeignKey(m => m.ClassId).OnDelete(DeleteBehavior.Cascade);
        member.HasOne(m => m.User).WithMany(u => u.Memberships).HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
