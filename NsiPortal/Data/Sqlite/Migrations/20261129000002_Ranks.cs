using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>An index for those who are counted, and not listed.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261129000002_Ranks")]
sealed class Ranks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_Standings_Period_Xp", "Standings", ["Period", "Xp"], filter: "\"Shown\"");
}
