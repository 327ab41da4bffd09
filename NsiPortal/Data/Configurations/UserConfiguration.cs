using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NsiPortal.Domain.People;

namespace NsiPortal.Data.Configurations;

sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.Property(u => u.Nickname).HasMaxLength(Nickname.MaxLength);
        user.Property(u => u.NicknameKey).HasMaxLength(4 * Nickname.MaxLength);
        user.Property(u => u.Avatar).HasMaxLength(20);
        user.Property(u => u.Language).HasMaxLength(2);
        user.Property(u => u.Theme).HasMaxLength(10);
        user.Property(u => u.SecurityStamp).HasMaxLength(64);
        user.HasIndex(u => u.NicknameKey).IsUnique();
        // Lists of accounts, narrowed, in the order of nicknames.
        user.HasIndex(u => new { u.Role, u.NicknameKey });
        user.HasIndex(u => u.NicknameKey, "IX_Users_NicknameKey_Disabled").HasFilter("\"Disabled\"");
    }
}
