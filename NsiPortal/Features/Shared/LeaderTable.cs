using NsiPortal.Learning;

namespace NsiPortal.Features.Shared;

/// <summary>A ranking as <c>_Leaders</c> draws it.</summary>
public sealed record LeaderTable(string Title, IReadOnlyList<LeaderRow> Rows)
{
    public static LeaderTable Of(string title, IEnumerable<Leader> leaders, int? me) =>
        new(title, [.. leaders.Select(leader => new LeaderRow(leader.Rank, leader.Nickname, leader.Avatar, leader.Xp, leader.UserId == me))]);
}

public sealed record LeaderRow(int Rank, string Nickname, string Avatar, int Xp, bool Me);
