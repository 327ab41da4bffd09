using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>What search knows of chapters, and the index that follows it.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261128000005_Search")]
sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("SearchTexts", table => new
        {
            ChapterId = table.Column<int>("INTEGER"),
            Text = table.Column<string>("TEXT"),
            TitleWords = table.Column<string>("TEXT"),
            HeadingWords = table.Column<string>("TEXT"),
            CourseWords = table.Column<string>("TEXT"),
            TextWords = table.Column<string>("TEXT"),
            Version = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_SearchTexts", row => row.ChapterId);
            table.ForeignKey("FK_SearchTexts_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
        });

        // The index reads its words from the table, and triggers tell it of each change, a cascade's included. Such an index must be told what it forgets.
        migrationBuilder.Sql("""
            CREATE VIRTUAL TABLE "SearchIndex" USING fts5("TitleWords", "HeadingWords", "CourseWords", "TextWords",
                content = 'SearchTexts', content_rowid = 'ChapterId', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "SearchTexts_Added" AFTER INSERT ON "SearchTexts" BEGIN
                INSERT INTO "SearchIndex"(rowid, "TitleWords", "HeadingWords", "CourseWords", "TextWords") VALUES (new."ChapterId", new."TitleWords", new."HeadingWords", new."CourseWords", new."TextWords");
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "SearchTexts_Deleted" AFTER DELETE ON "SearchTexts" BEGIN
                INSERT INTO "SearchIndex"("SearchIndex", rowid, "TitleWords", "HeadingWords", "CourseWords", "TextWords") VALUES ('delete', old."ChapterId", old."TitleWords", old."HeadingWords", old."CourseWords", old."TextWords");
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "SearchTexts_Changed" AFTER UPDATE ON "SearchTexts" BEGIN
                INSERT INTO "SearchIndex"("SearchIndex", rowid, "TitleWords", "HeadingWords", "CourseWords", "TextWords") VALUES ('delete', old."ChapterId", old."TitleWords", old."HeadingWords", old."CourseWords", old."TextWords");
                INSERT INTO "SearchIndex"(rowid, "TitleWords", "HeadingWords", "CourseWords", "TextWords") VALUES (new."ChapterId", new."TitleWords", new."HeadingWords", new."CourseWords", new."TextWords");
            END;
            """);
    }
}
