using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>Who writes a course, what they are writing, and what a chapter has said before; and the bin.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261128000001_Authoring")]
sealed class Authoring : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("ArchivedAt", "Courses", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<long>("DeletedAt", "Courses", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<bool>("WasPublished", "Courses", "INTEGER", nullable: true);
        migrationBuilder.CreateIndex("IX_Courses_DeletedAt", "Courses", "DeletedAt");

        migrationBuilder.AddColumn<long>("PublishAt", "Chapters", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<long>("DeletedAt", "Chapters", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<bool>("WasPublished", "Chapters", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<int>("Revision", "Chapters", "INTEGER", defaultValue: 0);
        migrationBuilder.CreateIndex("IX_Chapters_PublishAt", "Chapters", "PublishAt");
        migrationBuilder.CreateIndex("IX_Chapters_DeletedAt", "Chapters", "DeletedAt");

        migrationBuilder.CreateTable("CourseAuthors", table => new
        {
            CourseId = table.Column<int>("INTEGER"),
            UserId = table.Column<int>("INTEGER"),
            Since = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_CourseAuthors", row => new { row.CourseId, row.UserId });
            table.ForeignKey("FK_CourseAuthors_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_CourseAuthors_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_CourseAuthors_UserId", "CourseAuthors", "UserId");

        migrationBuilder.CreateTable("ChapterDrafts", table => new
        {
            ChapterId = table.Column<int>("INTEGER"),
            Title = table.Column<string>("TEXT", maxLength: 160),
            Summary = table.Column<string>("TEXT", maxLength: 600),
            Markdown = table.Column<string>("TEXT"),
            BaseRevision = table.Column<int>("INTEGER"),
            Stamp = table.Column<Guid>("TEXT"),
            Page = table.Column<Guid>("TEXT"),
            AuthorId = table.Column<int>("INTEGER", nullable: true),
            SavedAt = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ChapterDrafts", row => row.ChapterId);
            table.ForeignKey("FK_ChapterDrafts_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ChapterDrafts_Users_AuthorId", row => row.AuthorId, "Users", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_ChapterDrafts_AuthorId", "ChapterDrafts", "AuthorId");

        migrationBuilder.CreateTable("ChapterRevisions", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            ChapterId = table.Column<int>("INTEGER"),
            Number = table.Column<int>("INTEGER"),
            AuthorId = table.Column<int>("INTEGER", nullable: true),
            At = table.Column<long>("INTEGER"),
            Note = table.Column<string>("TEXT", maxLength: 200),
            Title = table.Column<string>("TEXT", maxLength: 160),
            Summary = table.Column<string>("TEXT", maxLength: 600),
            Markdown = table.Column<string>("TEXT"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ChapterRevisions", row => row.Id);
            table.ForeignKey("FK_ChapterRevisions_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ChapterRevisions_Users_AuthorId", row => row.AuthorId, "Users", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_ChapterRevisions_ChapterId_Number", "ChapterRevisions", ["ChapterId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_ChapterRevisions_AuthorId", "ChapterRevisions", "AuthorId");

        // The chapters that there are begin their history with what they say now.
        migrationBuilder.Sql("""
            INSERT INTO "ChapterRevisions" ("ChapterId", "Number", "At", "Note", "Title", "Summary", "Markdown")
            SELECT "Id", 1, CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER), '', "Title", "Summary", "Markdown" FROM "Chapters"
            """);
        migrationBuilder.Sql("""UPDATE "Chapters" SET "Revision" = 1""");
    }
}
