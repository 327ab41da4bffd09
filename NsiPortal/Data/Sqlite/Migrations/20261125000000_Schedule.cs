using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>Courses are looked up by the time at which they are to be published.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261125000000_Schedule")]
sealed class Schedule : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateIndex("IX_Courses_PublishAt", "Courses", "PublishAt");
}
