using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>What an image says to who does not see it.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261128000002_Uploads")]
sealed class Uploads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("Alternative", "CourseFiles", "character varying(500)", maxLength: 500, nullable: true);
}
