using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>The catalogue of studies.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261128000004_Studies")]
sealed class Studies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Universities", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Code = table.Column<string>("TEXT", maxLength: 20),
            Name = table.Column<string>("TEXT", maxLength: 160),
            Search = table.Column<string>("TEXT", maxLength: 512),
            Version = table.Column<int>("INTEGER"),
            ChangedById = table.Column<int>("INTEGER", nullable: true),
            ChangedAt = table.Column<long>("INTEGER", nullable: true),
            Slug = table.Column<string>("TEXT", maxLength: 80),
            Town = table.Column<string>("TEXT", maxLength: 80),
            Site = table.Column<string>("TEXT", maxLength: 200),
        }, constraints: table => table.PrimaryKey("PK_Universities", row => row.Id));
        migrationBuilder.CreateIndex("IX_Universities_Code", "Universities", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Universities_Slug", "Universities", "Slug", unique: true);

        migrationBuilder.CreateTable("Faculties", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Code = table.Column<string>("TEXT", maxLength: 20),
            Name = table.Column<string>("TEXT", maxLength: 160),
            Search = table.Column<string>("TEXT", maxLength: 512),
            Version = table.Column<int>("INTEGER"),
            ChangedById = table.Column<int>("INTEGER", nullable: true),
            ChangedAt = table.Column<long>("INTEGER", nullable: true),
            UniversityId = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Faculties", row => row.Id);
            table.ForeignKey("FK_Faculties_Universities_UniversityId", row => row.UniversityId, "Universities", "Id");
        });
        migrationBuilder.CreateIndex("IX_Faculties_UniversityId_Code", "Faculties", ["UniversityId", "Code"], unique: true);

        migrationBuilder.CreateTable("StudyProgrammes", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Code = table.Column<string>("TEXT", maxLength: 20),
            Name = table.Column<string>("TEXT", maxLength: 160),
            Search = table.Column<string>("TEXT", maxLength: 512),
            Version = table.Column<int>("INTEGER"),
            ChangedById = table.Column<int>("INTEGER", nullable: true),
            ChangedAt = table.Column<long>("INTEGER", nullable: true),
            FacultyId = table.Column<int>("INTEGER"),
            UniversityId = table.Column<int>("INTEGER"),
            Slug = table.Column<string>("TEXT", maxLength: 80),
            Level = table.Column<int>("INTEGER"),
            Summary = table.Column<string>("TEXT", maxLength: 600),
            Site = table.Column<string>("TEXT", maxLength: 200),
            Illustrative = table.Column<bool>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_StudyProgrammes", row => row.Id);
            table.ForeignKey("FK_StudyProgrammes_Faculties_FacultyId", row => row.FacultyId, "Faculties", "Id");
            table.ForeignKey("FK_StudyProgrammes_Universities_UniversityId", row => row.UniversityId, "Universities", "Id");
        });
        migrationBuilder.CreateIndex("IX_StudyProgrammes_FacultyId_Code", "StudyProgrammes", ["FacultyId", "Code"], unique: true);
        migrationBuilder.CreateIndex("IX_StudyProgrammes_UniversityId_Slug", "StudyProgrammes", ["UniversityId", "Slug"], unique: true);

        migrationBuilder.CreateTable("Subjects", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Code = table.Column<string>("TEXT", maxLength: 20),
            Name = table.Column<string>("TEXT", maxLength: 160),
            Search = table.Column<string>("TEXT", maxLength: 512),
            Version = table.Column<int>("INTEGER"),
            ChangedById = table.Column<int>("INTEGER", nullable: true),
            ChangedAt = table.Column<long>("INTEGER", nullable: true),
            ProgrammeId = table.Column<int>("INTEGER"),
            Semester = table.Column<int>("INTEGER"),
            Ects = table.Column<double>("REAL"),
            Summary = table.Column<string>("TEXT", maxLength: 600),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Subjects", row => row.Id);
            table.ForeignKey("FK_Subjects_StudyProgrammes_ProgrammeId", row => row.ProgrammeId, "StudyProgrammes", "Id");
        });
        migrationBuilder.CreateIndex("IX_Subjects_ProgrammeId_Code", "Subjects", ["ProgrammeId", "Code"], unique: true);

        migrationBuilder.CreateTable("SubjectCourses", table => new
        {
            SubjectId = table.Column<int>("INTEGER"),
            CourseId = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_SubjectCourses", row => new { row.SubjectId, row.CourseId });
            table.ForeignKey("FK_SubjectCourses_Subjects_SubjectId", row => row.SubjectId, "Subjects", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_SubjectCourses_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_SubjectCourses_CourseId", "SubjectCourses", "CourseId");

        migrationBuilder.CreateTable("FormerAddresses", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Path = table.Column<string>("TEXT", maxLength: 161),
            UniversityId = table.Column<int>("INTEGER", nullable: true),
            ProgrammeId = table.Column<int>("INTEGER", nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_FormerAddresses", row => row.Id);
            table.ForeignKey("FK_FormerAddresses_Universities_UniversityId", row => row.UniversityId, "Universities", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_FormerAddresses_StudyProgrammes_ProgrammeId", row => row.ProgrammeId, "StudyProgrammes", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_FormerAddresses_Path", "FormerAddresses", "Path", unique: true);
        migrationBuilder.CreateIndex("IX_FormerAddresses_UniversityId", "FormerAddresses", "UniversityId");
        migrationBuilder.CreateIndex("IX_FormerAddresses_ProgrammeId", "FormerAddresses", "ProgrammeId");
    }
}
