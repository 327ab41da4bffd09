using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>Where each serving process reads its tokens, and where those of each change are overwritten.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261125000002_TokenStores")]
sealed class TokenStores : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Store", "CacheReplica", "text", nullable: true);
        migrationBuilder.AddColumn<string>("DoneIn", "CacheInvalidation", "text", nullable: true);
        migrationBuilder.CreateIndex("IX_CacheInvalidation_Key", "CacheInvalidation", "Key");
    }
}
