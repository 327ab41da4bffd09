using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NsiPortal.Data.Configurations;

sealed class DatabaseIdentityConfiguration : IEntityTypeConfiguration<DatabaseIdentity>
{
    public void Configure(EntityTypeBuilder<DatabaseIdentity> identity)
    {
        identity.ToTable("DatabaseIdentity");
        identity.Property(i => i.Value).HasMaxLength(32);
    }
}
