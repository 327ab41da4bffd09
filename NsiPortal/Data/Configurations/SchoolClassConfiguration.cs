using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;

namespace NsiPortal.Data.Configurations;

sealed class SchoolClassConfiguration :
    IEntityTypeConfiguration<SchoolClass>, IEntityTypeConfiguration<ClassMember>, IEntityTypeConfiguration<ClassTeacher>, IEntityTypeConfiguration<ClassCourse>, IEntityTypeConfiguration<DueDate>
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

    public void Configure(EntityTypeBuilder<ClassTeacher> teacher)
    {
        teacher.ToTable("ClassTeachers");
        teacher.HasKey(t => new { t.ClassId, t.UserId });
        teacher.HasOne<SchoolClass>().WithMany(c => c.Teachers).HasForeignKey(t => t.ClassId).OnDelete(DeleteBehavior.Cascade);
        teacher.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ClassCourse> assigned)
    {
        assigned.ToTable("ClassCourses");
        assigned.HasKey(a => new { a.ClassId, a.CourseId });
        assigned.HasOne<SchoolClass>().WithMany().HasForeignKey(a => a.ClassId).OnDelete(DeleteBehavior.Cascade);
        assigned.HasOne(a => a.Course).WithMany().HasForeignKey(a => a.CourseId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DueDate> due)
    {
        due.ToTable("DueDates");
        due.HasKey(d => new { d.ClassId, d.ChapterId });
        due.HasOne<SchoolClass>().WithMany().HasForeignKey(d => d.ClassId).OnDelete(DeleteBehavior.Cascade);
        due.HasOne(d => d.Chapter).WithMany().HasForeignKey(d => d.ChapterId).OnDelete(DeleteBehavior.Cascade);
    }
}
