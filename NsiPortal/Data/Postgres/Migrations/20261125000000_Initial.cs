using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>Courses, their chapters, files and old addresses, the official programme, and the outbox of the page cache.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261125000000_Initial")]
sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("DatabaseIdentity", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Value = table.Column<string>("character varying(32)", maxLength: 32),
        }, constraints: table => table.PrimaryKey("PK_DatabaseIdentity", row => row.Id));
        migrationBuilder.Sql("""INSERT INTO "DatabaseIdentity" ("Value") VALUES (replace(gen_random_uuid()::text, '-', ''));""");

        migrationBuilder.CreateTable("Courses", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Slug = table.Column<string>("character varying(80)", maxLength: 80),
            Title = table.Column<string>("character varying(160)", maxLength: 160),
            Summary = table.Column<string>("character varying(600)", maxLength: 600),
            Level = table.Column<int>("integer"),
            Position = table.Column<int>("integer"),
            Author = table.Column<string>("character varying(160)", maxLength: 160, nullable: true),
            Licence = table.Column<string>("character varying(160)", maxLength: 160, nullable: true),
            Published = table.Column<bool>("boolean"),
            PublishAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
        }, constraints: table => table.PrimaryKey("PK_Courses", row => row.Id));
        migrationBuilder.CreateIndex("IX_Courses_Slug", "Courses", "Slug", unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Published_Level_Position", "Courses", ["Published", "Level", "Position"]);
        migrationBuilder.CreateIndex("IX_Courses_PublishAt", "Courses", "PublishAt");

        migrationBuilder.CreateTable("Chapters", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            CourseId = table.Column<int>("integer"),
            Slug = table.Column<string>("character varying(80)", maxLength: 80),
            Title = table.Column<string>("character varying(160)", maxLength: 160),
            Summary = table.Column<string>("character varying(600)", maxLength: 600),
            Position = table.Column<int>("integer"),
            Published = table.Column<bool>("boolean"),
            Markdown = table.Column<string>("text"),
            Html = table.Column<string>("text"),
            TableOfContents = table.Column<string>("text"),
            ReadingMinutes = table.Column<int>("integer"),
            RendererVersion = table.Column<int>("integer"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Chapters", row => row.Id);
            table.ForeignKey("FK_Chapters_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Chapters_CourseId_Slug", "Chapters", ["CourseId", "Slug"], unique: true);
        migrationBuilder.CreateIndex("IX_Chapters_CourseId_Position", "Chapters", ["CourseId", "Position"]);

        migrationBuilder.CreateTable("CourseFiles", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            CourseId = table.Column<int>("integer"),
            Name = table.Column<string>("character varying(160)", maxLength: 160),
            MediaType = table.Column<string>("character varying(100)", maxLength: 100),
            Hash = table.Column<string>("character varying(64)", maxLength: 64),
            Content = table.Column<byte[]>("bytea"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_CourseFiles", row => row.Id);
            table.ForeignKey("FK_CourseFiles_Courses_CourseId", row => row.CourseId, "Courses", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_CourseFiles_CourseId_Name", "CourseFiles", ["CourseId", "Name"], unique: true);

        migrationBuilder.CreateTable("OldSlugs", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Slug = table.Column<string>("character varying(80)", maxLength: 80),
            CourseId = table.Column<int>("integer"),
            ChapterId = table.Column<int>("integer", nullable: true),
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
            Code = table.Column<string>("character varying(20)", maxLength: 20),
            Level = table.Column<int>("integer"),
            Theme = table.Column<string>("character varying(120)", maxLength: 120),
            Title = table.Column<string>("character varying(240)", maxLength: 240),
            Position = table.Column<int>("integer"),
        }, constraints: table => table.PrimaryKey("PK_ProgrammeContents", row => row.Code));

        migrationBuilder.CreateTable("ChapterContents", table => new
        {
            ChapterId = table.Column<int>("integer"),
            ContentCode = table.Column<string>("character varying(20)", maxLength: 20),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ChapterContents", row => new { row.ChapterId, row.ContentCode });
            table.ForeignKey("FK_ChapterContents_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ChapterContents_ProgrammeContents_ContentCode", row => row.ContentCode, "ProgrammeContents", "Code", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ChapterContents_ContentCode", "ChapterContents", "ContentCode");

        migrationBuilder.CreateTable("CacheInvalidation", table => new
        {
            Id = table.Column<long>("bigint").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Key = table.Column<string>("character varying(32)", maxLength: 32),
            Tags = table.Column<string>("text"),
            At = table.Column<long>("bigint", defaultValueSql: "(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)"),
            TransactionId = table.Column<long>("bigint", defaultValueSql: "(pg_current_xact_id()::text::bigint)"),
        }, constraints: table => table.PrimaryKey("PK_CacheInvalidation", row => row.Id));
        migrationBuilder.CreateIndex("IX_CacheInvalidation_At", "CacheInvalidation", "At");
        migrationBuilder.CreateIndex("IX_CacheInvalidation_TransactionId", "CacheInvalidation", "TransactionId");

        migrationBuilder.CreateTable("CacheReplica", table => new
        {
            Id = table.Column<string>("character varying(32)", maxLength: 32),
            RenewedAt = table.Column<long>("bigint"),
            Report = table.Column<string>("text", nullable: true),
        }, constraints: table => table.PrimaryKey("PK_CacheReplica", row => row.Id));
    }
}
