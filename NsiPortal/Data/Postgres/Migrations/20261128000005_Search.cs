using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>What search knows of chapters, and the index that follows it.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261128000005_Search")]
sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("SearchTexts", table => new
        {
            ChapterId = table.Column<int>("integer"),
            Text = table.Column<string>("text"),
            TitleWords = table.Column<string>("text"),
            HeadingWords = table.Column<string>("text"),
            CourseWords = table.Column<string>("text"),
            TextWords = table.Column<string>("text"),
            Version = table.Column<int>("integer"),
            Vector = table.Column<NpgsqlTsVector>("tsvector", stored: true, computedColumnSql: """
                setweight(to_tsvector('simple'::regconfig, "TitleWords"), 'A') || setweight(to_tsvector('simple'::regconfig, "HeadingWords"), 'B') || setweight(to_tsvector('simple'::regconfig, "CourseWords"), 'C') || setweight(to_tsvector('simple'::regconfig, "TextWords"), 'D')
                """),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_SearchTexts", row => row.ChapterId);
            table.ForeignKey("FK_SearchTexts_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_SearchTexts_Vector", "SearchTexts", "Vector").Annotation("Npgsql:IndexMethod", "GIN");
    }
}
