namespace NsiPortal.Domain.Learning;

/// <summary>The experience that a user has gained in a period: the sum of the events, kept so that ranks are read from an index.</summary>
public sealed class Standing
{
    Standing() { }

    /// <summary><see cref="Period.AllTime"/>, or a week's.</summary>
    public int Period { get; private set; }

    public int UserId { get; private set; }
    public int Xp { get; private set; }

    /// <summary>Since when it is so much: of two who have the same, the first comes first in lists, with the same rank.</summary>
    public DateTimeOffset ReachedAt { get; private set; }

    /// <summary>A copy of <see cref="People.User.ShownToAll"/>, false for who is disabled.</summary>
    public bool Shown { get; private set; }

    /// <summary>From 0 to <see cref="Leagues.Buckets"/>: drawn by lot for each period, it makes leagues of neighbours.</summary>
    public int Bucket { get; private set; }
}
