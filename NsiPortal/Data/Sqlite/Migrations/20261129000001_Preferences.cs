using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>The language and the theme of a user.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261129000001_Preferences")]
sealed class Preferences : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Language", "Users", "TEXT", maxLength: 2, nullable: true);
        migrationBuilder.AddColumn<string>("Theme", "Users", "TEXT", maxLength: 10, nullable: true);
    }
}
