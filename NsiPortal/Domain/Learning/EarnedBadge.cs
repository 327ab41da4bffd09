namespace NsiPortal.Domain.Learning;

/// <summary>A badge that a user has been given.</summary>
public sealed class EarnedBadge
{
    EarnedBadge() { }

    public EarnedBadge(int userId, string code, DateTimeOffset at) => (UserId, Code, At) = (userId, code, at);

    public int UserId { get; private set; }

    /// <summary>See <see cref="Badges.Badge.Code"/>.</summary>
    public string Code { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}
