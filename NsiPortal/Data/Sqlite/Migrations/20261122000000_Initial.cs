using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>Courses, their chapters, files and old addresses, and the official programme.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261122000000_Initial")]
sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("DatabaseIdentity", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Value = table.Column<string>("TEXT", maxLength: 32),
        }, constraints: table => table.PrimaryKey("PK_DatabaseIdentity", row => row.Id));
        migrationBuilder.Sql("INSERT INTO DatabaseIdentity (Value) VALUES (lower(hex(randomblob(16))));");

        migrationBuilder.CreateTable("Courses", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Slug = table.Column<string>("TEXT", maxLength: 80),
            Title = table.Column<string>("TEXT", maxLength: 160),
            Summary = table.Column<string>("TEXT", maxLength: 600),
            Level = table.Column<int>("INTEGER"),
            Position = table.Column<int>("INTEGER"),
            Author = table.Column<string>("TEXT", maxLength: 160, nullable: true),
            Licence = table.Column<string>("TEXT", maxLength: 160, nullable: true),
            Published = table.Column<bool>("INTEGER"),
            PublishAt = table.Column<long>("INTEGER", nullable: true),
        }, constraints: table => table.PrimaryKey("PK_Courses", row => row.Id));
        migrationBuilder.CreateIndex("IX_Courses_Slug", "Courses", "Slug", unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Published_Level_Position", "Courses", ["Published", "Level", "Position"]);

        migrationBuilder.CreateTable("Chapters", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            CourseId = table.Column<int>("INTEGER"),
            Slug = table.Column<string>("TEXT", maxLength: 80),
            Title = table.Column<string>("TEXT", maxLength: 160),
            Summary = table.Column<string>("TEXT", maxLength: 600),
            Position = table.Column<int>("INTEGER"),
            Published = table.Column<bool>("INTEGER"),
            Markdown = table.Column<string>("TEXT"),
            Html = table.Column<string>("TEXT"),
            TableOfContents = table.Column<string>("TEXT"),
            ReadingMinutes = table.Column<int>("INTEGER"),
            RendererVersion = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Chapters", row => row.Id);
            table.ForeignKey("FK_Chapters_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Chapters_CourseId_Slug", "Chapters", ["CourseId", "Slug"], unique: true);
        migrationBuilder.CreateIndex("IX_Chapters_CourseId_Position", "Chapters", ["CourseId", "Position"]);

        migrationBuilder.CreateTable("CourseFiles", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            CourseId = table.Column<int>("INTEGER"),
            Name = table.Column<string>("TEXT", maxLength: 160),
            MediaType = table.Column<string>("TEXT", maxLength: 100),
            Hash = table.Column<string>("TEXT", maxLength: 64),
            Content = table.Column<byte[]>("BLOB"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_CourseFiles", row => row.Id);
            table.ForeignKey("FK_CourseFiles_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_CourseFiles_CourseId_Name", "CourseFiles", ["CourseId", "Name"], unique: true);

        migrationBuilder.CreateTable("OldSlugs", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Slug = table.Column<string>("TEXT", maxLength: 80),
            CourseId = table.Column<int>("INTEGER"),
            ChapterId = table.Column<int>("INTEGER", nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_OldSlugs", row => row.Id);
            table.ForeignKey("FK_OldSlugs_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_OldSlugs_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_OldSlugs_Slug", "OldSlugs", "Slug");
        migrationBuilder.CreateIndex("IX_OldSlugs_CourseId", "OldSlugs", "CourseId");
        migrationBuilder.CreateIndex("IX_OldSlugs_ChapterId", "OldSlugs", "ChapterId");

        migrationBuilder.CreateTable("ProgrammeContents", table => new
        {
            Code = table.Column<string>("TEXT", maxLength: 20),
            Level = table.Column<int>("INTEGER"),
            Theme = table.Column<string>("TEXT", maxLength: 120),
            Title = table.Column<string>("TEXT", maxLength: 240),
            Position = table.Column<int>("INTEGER"),
        }, constraints: table => table.PrimaryKey("PK_ProgrammeContents", row => row.Code));

        migrationBuilder.CreateTable("ChapterContents", table => new
        {
            ChapterId = table.Column<int>("INTEGER"),
            ContentCode = table.Column<string>("TEXT", maxLength: 20),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ChapterContents", row => new { row.ChapterId, row.ContentCode });
            table.ForeignKey("FK_ChapterContents_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ChapterContents_ProgrammeContents_ContentCode", row => row.ContentCode, "ProgrammeContents", "Code", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ChapterContents_ContentCode", "ChapterContents", "ContentCode");
    }
}
