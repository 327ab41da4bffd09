using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>The language and the theme of a user.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261129000001_Preferences")]
sealed class Preferences : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Language", "Users", "character varying(2)", maxLength: 2, nullable: true);
        migrationBuilder.AddColumn<string>("Theme", "Users", "character varying(10)", maxLength: 10, nullable: true);
    }
}
