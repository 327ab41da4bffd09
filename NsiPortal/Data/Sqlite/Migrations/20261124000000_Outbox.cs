using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>The outbox of the page cache, and the processes that serve from one.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261124000000_Outbox")]
sealed class Outbox : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("CacheInvalidation", table => new
        {
            Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Key = table.Column<string>("TEXT", maxLength: 32),
            Tags = table.Column<string>("TEXT"),
            At = table.Column<long>("INTEGER", defaultValueSql: "(CAST(unixepoch('subsec') * 1000 AS INTEGER))"),
        }, constraints: table => table.PrimaryKey("PK_CacheInvalidation", row => row.Id));
        migrationBuilder.CreateIndex("IX_CacheInvalidation_At", "CacheInvalidation", "At");

        migrationBuilder.CreateTable("CacheReplica", table => new
        {
            Id = table.Column<string>("TEXT", maxLength: 32),
            RenewedAt = table.Column<long>("INTEGER"),
        }, constraints: table => table.PrimaryKey("PK_CacheReplica", row => row.Id));
    }
}
