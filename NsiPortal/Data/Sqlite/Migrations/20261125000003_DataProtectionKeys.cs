using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>The keys that protect cookies and tokens.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261125000003_DataProtectionKeys")]
sealed class DataProtectionKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable("DataProtectionKeys", table => new
    {
        Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
        FriendlyName = table.Column<string>("TEXT"),
        Xml = table.Column<string>("TEXT"),
    }, constraints: table => table.PrimaryKey("PK_DataProtectionKeys", row => row.Id));
}
