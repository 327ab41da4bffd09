using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>What serving processes tell of their caches.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261125000001_CacheReports")]
sealed class CacheReports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("Report", "CacheReplica", "TEXT", nullable: true);
}
