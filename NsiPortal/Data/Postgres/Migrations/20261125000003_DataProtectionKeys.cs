using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>The keys that protect cookies and tokens.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261125000003_DataProtectionKeys")]
sealed class DataProtectionKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable("DataProtectionKeys", table => new
    {
        Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
        FriendlyName = table.Column<string>("text"),
        Xml = table.Column<string>("text"),
    }, constraints: table => table.PrimaryKey("PK_DataProtectionKeys", row => row.Id));
}
