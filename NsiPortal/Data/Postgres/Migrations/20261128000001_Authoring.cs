using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>Who writes a course, what they are writing, and what a chapter has said before; and the bin.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261128000001_Authoring")]
sealed class Authoring : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<DateTimeOffset>("ArchivedAt", "Courses", "timestamp with time zone", nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("DeletedAt", "Courses", "timestamp with time zone", nullable: true);
        migrationBuilder.AddColumn<bool>("WasPublished", "Courses", "boolean", nullable: true);
        migrationBuilder.CreateIndex("IX_Courses_DeletedAt", "Courses", "DeletedAt");

        migrationBuilder.AddColumn<DateTimeOffset>("PublishAt", "Chapters", "timestamp with time zone", nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("DeletedAt", "Chapters", "timestamp with time zone", nullable: true);
        migrationBuilder.AddColumn<bool>("WasPublished", "Chapters", "boolean", nullable: true);
        migrationBuilder.AddColumn<int>("Revision", "Chapters", "integer", defaultValue: 0);
        migrationBuilder.CreateIndex("IX_Chapters_PublishAt", "Chapters", "PublishAt");
        migrationBuilder.CreateIndex("IX_Chapters_DeletedAt", "Chapters", "DeletedAt");

        migrationBuilder.CreateTable("CourseAuthors", table => new
        {
            CourseId = table.Column<int>("integer"),
            UserId = table.Column<int>("integer"),
            Since = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_CourseAuthors", row => new { row.CourseId, row.UserId });
            table.ForeignKey("FK_CourseAuthors_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_CourseAuthors_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_CourseAuthors_UserId", "CourseAuthors", "UserId");

        migrationBuilder.CreateTable("ChapterDrafts", table => new
        {
            ChapterId = table.Column<int>("integer"),
            Title = table.Column<string>("character varying(160)", maxLength: 160),
            Summary = table.Column<string>("character varying(600)", maxLength: 600),
            Markdown = table.Column<string>("text"),
            BaseRevision = table.Column<int>("integer"),
            Stamp = table.Column<Guid>("uuid"),
            Page = table.Column<Guid>("uuid"),
            AuthorId = table.Column<int>("integer", nullable: true),
            SavedAt = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ChapterDrafts", row => row.ChapterId);
            table.ForeignKey("FK_ChapterDrafts_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ChapterDrafts_Users_AuthorId", row => row.AuthorId, "Users", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_ChapterDrafts_AuthorId", "ChapterDrafts", "AuthorId");

        migrationBuilder.CreateTable("ChapterRevisions", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            ChapterId = table.Column<int>("integer"),
            Number = table.Column<int>("integer"),
            AuthorId = table.Column<int>("integer", nullable: true),
            At = table.Column<DateTimeOffset>("timestamp with time zone"),
            Note = table.Column<string>("character varying(200)", maxLength: 200),
            Title = table.Column<string>("character varying(160)", maxLength: 160),
            Summary = table.Column<string>("character varying(600)", maxLength: 600),
            Markdown = table.Column<string>("text"),
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
            SELECT "Id", 1, now(), '', "Title", "Summary", "Markdown" FROM "Chapters"
            """);
        migrationBuilder.Sql("""UPDATE "Chapters" SET "Revision" = 1""");
    }
}
