using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>Colleagues who teach a class together, what it is given to do, and its end.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261128000003_Classes")]
sealed class Classes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("ArchivedAt", "Classes", "INTEGER", nullable: true);

        migrationBuilder.CreateTable("ClassTeachers", table => new
        {
            ClassId = table.Column<int>("INTEGER"),
            UserId = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ClassTeachers", row => new { row.ClassId, row.UserId });
            table.ForeignKey("FK_ClassTeachers_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ClassTeachers_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ClassTeachers_UserId", "ClassTeachers", "UserId");

        migrationBuilder.CreateTable("ClassCourses", table => new
        {
            ClassId = table.Column<int>("INTEGER"),
            CourseId = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ClassCourses", row => new { row.ClassId, row.CourseId });
            table.ForeignKey("FK_ClassCourses_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ClassCourses_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ClassCourses_CourseId", "ClassCourses", "CourseId");

        migrationBuilder.CreateTable("DueDates", table => new
        {
            ClassId = table.Column<int>("INTEGER"),
            ChapterId = table.Column<int>("INTEGER"),
            StartsAt = table.Column<long>("INTEGER", nullable: true),
            DueAt = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_DueDates", row => new { row.ClassId, row.ChapterId });
            table.ForeignKey("FK_DueDates_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_DueDates_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_DueDates_ChapterId", "DueDates", "ChapterId");
    }
}
