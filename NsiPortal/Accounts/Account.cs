using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>What is asked of a user on each request: kept under the user's tag, so that it is never older than the last change of it.</summary>
public sealed record Account(int Id, string Nickname, Role Role, string Stamp, bool MustChangePassword);

/// <summary>The accounts that are in use.</summary>
public sealed class AccountBook(TaggedCache cache)
{
    /// <returns>Null when there is none, or when it is disabled.</returns>
    public Task<Account?> FindAsync(int id, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        $"account {id}", CacheTier.Long, [Tags.OfUser(id)],
        (services, cancellation) => services.GetRequiredService<PortalDbContext>().Users.Where(u => u.Id == id && !u.Disabled)
            .Select(u => new Account(u.Id, u.Nickname, u.Role, u.SecurityStamp, u.MustChangePassword)).SingleOrDefaultAsync(cancellation), cancellationToken);
}

public static class AccountExtensions
{
    extension(ClaimsPrincipal principal)
    {
        /// <summary>The id of who is signed in; null for a visitor.</summary>
        public int? UserId => int.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

        /// <summary>Who is signed in, as the audit log names them.</summary>
        public Actor Actor => new(principal.UserId, principal.Identity?.Name ?? "");
    }
}
