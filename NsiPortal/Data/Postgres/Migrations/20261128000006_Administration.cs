using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>Acts of administration, and what makes lists of accounts and figures quick.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261128000006_Administration")]
sealed class Administration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("AuditEntries", table => new
        {
            Id = table.Column<long>("bigint").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            At = table.Column<DateTimeOffset>("timestamp with time zone"),
            UserId = table.Column<int>("integer", nullable: true),
            Nickname = table.Column<string>("character varying(24)", maxLength: 24),
            Act = table.Column<string>("character varying(40)", maxLength: 40),
            Target = table.Column<string>("character varying(400)", maxLength: 400),
            TargetUserId = table.Column<int>("integer", nullable: true),
            Detail = table.Column<string>("character varying(400)", maxLength: 400),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_AuditEntries", row => row.Id);
            table.ForeignKey("FK_AuditEntries_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("FK_AuditEntries_Users_TargetUserId", row => row.TargetUserId, "Users", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_AuditEntries_UserId", "AuditEntries", "UserId");
        migrationBuilder.CreateIndex("IX_AuditEntries_TargetUserId", "AuditEntries", "TargetUserId");

        migrationBuilder.Sql("""ALTER TABLE "Users" ALTER COLUMN "NicknameKey" TYPE character varying(96) COLLATE "C";""");
        migrationBuilder.CreateIndex("IX_Users_Role_NicknameKey", "Users", ["Role", "NicknameKey"]);
        migrationBuilder.CreateIndex("IX_Users_NicknameKey_Disabled", "Users", "NicknameKey", filter: "\"Disabled\"");
        migrationBuilder.CreateIndex("IX_Attempts_At_ExerciseId", "Attempts", ["At", "ExerciseId"], filter: "\"Number\" > 0");
        migrationBuilder.CreateIndex("IX_DailyActivity_Day_UserId_Tries_Solved", "DailyActivity", ["Day", "UserId", "Tries", "Solved"]);
    }
}
