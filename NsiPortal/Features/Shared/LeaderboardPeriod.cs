namespace NsiPortal.Features.Shared;

/// <summary>How addresses name the period of a leaderboard.</summary>
static class LeaderboardPeriod
{
    public const string Week = "semaine";
    public const string AllTime = "toujours";

    /// <returns>Whether it is the present week, which it is when nothing is said; null for what names no period, which must not make a page of its own.</returns>
    public static bool? IsWeek(string? named) => named switch
    {
        null or Week => true,
        AllTime => false,
        _ => null,
    };
}
