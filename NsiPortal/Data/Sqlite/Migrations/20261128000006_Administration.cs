using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>Acts of administration, and what makes lists of accounts and figures quick.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261128000006_Administration")]
sealed class Administration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("AuditEntries", table => new
        {
            Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            At = table.Column<long>("INTEGER"),
            UserId = table.Column<int>("INTEGER", nullable: true),
            Nickname = table.Column<string>("TEXT", maxLength: 24),
            Act = table.Column<string>("TEXT", maxLength: 40),
            Target = table.Column<string>("TEXT", maxLength: 400),
            TargetUserId = table.Column<int>("INTEGER", nullable: true),
            Detail = table.Column<string>("TEXT", maxLength: 400),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_AuditEntries", row => row.Id);
            table.ForeignKey("FK_AuditEntries_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("FK_AuditEntries_Users_TargetUserId", row => row.TargetUserId, "Users", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_AuditEntries_UserId", "AuditEntries", "UserId");
        migrationBuilder.CreateIndex("IX_AuditEntries_TargetUserId", "AuditEntries", "TargetUserId");

        migrationBuilder.CreateIndex("IX_Users_Role_NicknameKey", "Users", ["Role", "NicknameKey"]);
        migrationBuilder.CreateIndex("IX_Users_NicknameKey_Disabled", "Users", "NicknameKey", filter: "\"Disabled\"");
        migrationBuilder.CreateIndex("IX_Attempts_At_ExerciseId", "Attempts", ["At", "ExerciseId"], filter: "\"Number\" > 0");
        migrationBuilder.CreateIndex("IX_DailyActivity_Day_UserId_Tries_Solved", "DailyActivity", ["Day", "UserId", "Tries", "Solved"]);
    }
}
