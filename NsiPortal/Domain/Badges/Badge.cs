using System.Runtime.InteropServices;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges;

/// <summary>
/// A badge and its rule. It is recomputed from what a pupil has done, so that it can be given for the past; it rewards perseverance and breadth, never
/// speed, and is never taken back.
/// </summary>
public abstract class Badge
{
    /// <summary>Its name in the database and in texts: lower-case words joined by hyphens, for ever.</summary>
    public abstract string Code { get; }

    /// <summary>The places of its icon in <c>img/icons.svg</c>.</summary>
    public abstract string Icon { get; }

    public abstract Rarity Rarity { get; }

    /// <summary>How far the pupil is.</summary>
    public abstract Advance Of(Learner learner);
}

public enum Rarity
{
    Common,
    Rare,
    Exceptional,
}

/// <param name="Done">At most <paramref name="Wanted"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Advance(int Done, int Wanted)
{
    public bool IsReached => Done >= Wanted;

    public static Advance To(int done, int wanted) => new(Math.Min(done, wanted), wanted);
}
