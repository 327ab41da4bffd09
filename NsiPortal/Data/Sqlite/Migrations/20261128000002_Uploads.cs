using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>What an image says to who does not see it.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261128000002_Uploads")]
sealed class Uploads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("Alternative", "CourseFiles", "TEXT", maxLength: 500, nullable: true);
}
