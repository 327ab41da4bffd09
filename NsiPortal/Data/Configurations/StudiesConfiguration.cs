using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Data.Configurations;

/// <summary>
/// The catalogue of studies. The database refuses to delete what something hangs on: whoever deletes has loaded it and deletes it too, so that what
/// somebody else has hung on it meanwhile does not vanish unseen.
/// </summary>
sealed class StudiesConfiguration : IEntityTypeConfiguration<University>, IEntityTypeConfiguration<Faculty>, IEntityTypeConfiguration<StudyProgramme>,
    IEntityTypeConfiguration<Subject>, IEntityTypeConfiguration<SubjectCourse>, IEntityTypeConfiguration<FormerAddress>
{
    public void Configure(EntityTypeBuilder<University> university)
    {
        university.ToTable("Universities");
        ConfigureItem(university);
        university.Property(u => u.Slug).HasMaxLength(Slug.MaxLength);
        university.Property(u => u.Town).HasMaxLength(University.MaxTownLength);
        university.Property(u => u.Site).HasMaxLength(StudyItem.MaxSiteLength);
        university.HasIndex(u => u.Code).IsUnique();
        university.HasIndex(u => u.Slug).IsUnique();
        university.HasMany(u => u.Faculties).WithOne(f => f.University).HasForeignKey(f => f.UniversityId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<Faculty> faculty)
    {
        faculty.ToTable("Faculties");
        ConfigureItem(faculty);
        faculty.HasIndex(f => new { f.UniversityId, f.Code }).IsUnique();
        faculty.HasMany(f => f.Programmes).WithOne(p => p.Faculty).HasForeignKey(p => p.FacultyId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<StudyProgramme> programme)
    {
        programme.ToTable("StudyProgrammes");
        ConfigureItem(programme);
        programme.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        programme.Property(p => p.Summary).HasMaxLength(StudyItem.MaxSummaryLength);
        programme.Property(p => p.Site).HasMaxLength(StudyItem.MaxSiteLength);
        programme.HasIndex(p => new { p.FacultyId, p.Code }).IsUnique();
        programme.HasIndex(p => new { p.UniversityId, p.Slug }).IsUnique();
        programme.HasOne(p => p.University).WithMany().HasForeignKey(p => p.UniversityId).OnDelete(DeleteBehavior.ClientCascade);
        programme.HasMany(p => p.Subjects).WithOne(s => s.Programme).HasForeignKey(s => s.ProgrammeId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<Subject> subject)
    {
        subject.ToTable("Subjects");
        ConfigureItem(subject);
        subject.Property(s => s.Summary).HasMaxLength(StudyItem.MaxSummaryLength);
        subject.HasIndex(s => new { s.ProgrammeId, s.Code }).IsUnique();
        subject.HasMany(s => s.Courses).WithOne(c => c.Subject).HasForeignKey(c => c.SubjectId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SubjectCourse> link)
    {
        link.ToTable("SubjectCourses");
        link.HasKey(l => new { l.SubjectId, l.CourseId });
        link.HasOne(l => l.Course).WithMany().HasForeignKey(l => l.CourseId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<FormerAddress> address)
    {
        address.ToTable("FormerAddresses");
        address.Property(a => a.Path).HasMaxLength(FormerAddress.MaxLength);
        address.HasIndex(a => a.Path).IsUnique();
        address.HasOne(a => a.University).WithMany().HasForeignKey(a => a.UniversityId).OnDelete(DeleteBehavior.Cascade);
        address.HasOne(a => a.Programme).WithMany().HasForeignKey(a => a.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
    }

    static void ConfigureItem<T>(EntityTypeBuilder<T> item) where T : StudyItem
    {
        item.Property(i => i.Code).HasMaxLength(StudyItem.MaxCodeLength);
        item.Property(i => i.Name).HasMaxLength(StudyItem.MaxNameLength);
        item.Property(i => i.Search).HasMaxLength(StudyItem.MaxSearchLength);
        item.Property(i => i.Version).IsConcurrencyToken();
    }
}
