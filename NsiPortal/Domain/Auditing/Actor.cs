namespace NsiPortal.Domain.Auditing;

/// <summary>Who acts, under the name that they have at the time.</summary>
/// <param name="UserId">Null for who has no account here.</param>
/// <param name="Nickname">As it is shown.</param>
public sealed record Actor(int? UserId, string Nickname)
{
    /// <summary>Whoever may run commands beside the database. No nickname has these signs.</summary>
    public static readonly Actor CommandLine = new(null, "(commande)");
}
