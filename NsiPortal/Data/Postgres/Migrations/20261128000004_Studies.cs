using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>The catalogue of studies.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261128000004_Studies")]
sealed class Studies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Universities", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Code = table.Column<string>("character varying(20)", maxLength: 20),
            Name = table.Column<string>("character varying(160)", maxLength: 160),
            Search = table.Column<string>("character varying(512)", maxLength: 512),
            Version = table.Column<int>("integer"),
            ChangedById = table.Column<int>("integer", nullable: true),
            ChangedAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            Slug = table.Column<string>("character varying(80)", maxLength: 80),
            Town = table.Column<string>("character varying(80)", maxLength: 80),
            Site = table.Column<string>("character varying(200)", maxLength: 200),
        }, constraints: table => table.PrimaryKey("PK_Universities", row => row.Id));
        migrationBuilder.CreateIndex("IX_Universities_Code", "Universities", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Universities_Slug", "Universities", "Slug", unique: true);

        migrationBuilder.CreateTable("Faculties", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Code = table.Column<string>("character varying(20)", maxLength: 20),
            Name = table.Column<string>("character varying(160)", maxLength: 160),
            Search = table.Column<string>("character varying(512)", maxLength: 512),
            Version = table.Column<int>("integer"),
            ChangedById = table.Column<int>("integer", nullable: true),
            ChangedAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            UniversityId = table.Column<int>("integer"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Faculties", row => row.Id);
            table.ForeignKey("FK_Faculties_Universities_UniversityId", row => row.UniversityId, "Universities", "Id");
        });
        migrationBuilder.CreateIndex("IX_Faculties_UniversityId_Code", "Faculties", ["UniversityId", "Code"], unique: true);

        migrationBuilder.CreateTable("StudyProgrammes", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Code = table.Column<string>("character varying(20)", maxLength: 20),
            Name = table.Column<string>("character varying(160)", maxLength: 160),
            Search = table.Column<string>("character varying(512)", maxLength: 512),
            Version = table.Column<int>("integer"),
            ChangedById = table.Column<int>("integer", nullable: true),
            ChangedAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            FacultyId = table.Column<int>("integer"),
            UniversityId = table.Column<int>("integer"),
            Slug = table.Column<string>("character varying(80)", maxLength: 80),
            Level = table.Column<int>("integer"),
            Summary = table.Column<string>("character varying(600)", maxLength: 600),
            Site = table.Column<string>("character varying(200)", maxLength: 200),
            Illustrative = table.Column<bool>("boolean"),
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
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Code = table.Column<string>("character varying(20)", maxLength: 20),
            Name = table.Column<string>("character varying(160)", maxLength: 160),
            Search = table.Column<string>("character varying(512)", maxLength: 512),
            Version = table.Column<int>("integer"),
            ChangedById = table.Column<int>("integer", nullable: true),
            ChangedAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            ProgrammeId = table.Column<int>("integer"),
            Semester = table.Column<int>("integer"),
            Ects = table.Column<double>("double precision"),
            Summary = table.Column<string>("character varying(600)", maxLength: 600),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Subjects", row => row.Id);
            table.ForeignKey("FK_Subjects_StudyProgrammes_ProgrammeId", row => row.ProgrammeId, "StudyProgrammes", "Id");
        });
        migrationBuilder.CreateIndex("IX_Subjects_ProgrammeId_Code", "Subjects", ["ProgrammeId", "Code"], unique: true);

        migrationBuilder.CreateTable("SubjectCourses", table => new
        {
            SubjectId = table.Column<int>("integer"),
            CourseId = table.Column<int>("integer"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_SubjectCourses", row => new { row.SubjectId, row.CourseId });
            table.ForeignKey("FK_SubjectCourses_Subjects_SubjectId", row => row.SubjectId, "Subjects", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_SubjectCourses_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_SubjectCourses_CourseId", "SubjectCourses", "CourseId");

        migrationBuilder.CreateTable("FormerAddresses", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Path = table.Column<string>("character varying(161)", maxLength: 161),
            UniversityId = table.Column<int>("integer", nullable: true),
            ProgrammeId = table.Column<int>("integer", nullable: true),
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
