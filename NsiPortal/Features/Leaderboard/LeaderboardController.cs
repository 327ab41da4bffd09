using Microsoft.AspNetCore.Mvc;
using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Leaderboard;

/// <summary>Ranks are of the moment that the page tells: what is gained afterwards shows when it is made again.</summary>
public sealed class LeaderboardController(Leaderboards leaderboards, TimeProvider time) : Controller
{
    [HttpGet("/classement")]
    [SharedPage(CacheTier.Medium, Tags.Leaderboard, Query = ["periode"], OfThisWeek = true)]
    public async Task<IActionResult> Index(string? periode, CancellationToken cancellationToken)
    {
        if (LeaderboardPeriod.IsWeek(periode) is not { } week) return NotFound();
        return View(new LeaderboardViewModel(week, await leaderboards.BestAsync(leaderboards.PeriodOf(week), cancellationToken), time.GetUtcNow()));
    }

    /// <summary>The reader's own rank: a part of the leaderboard.</summary>
    [HttpGet("/moi/rang")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Leaderboard, Query = ["periode"], OfThisWeek = true, Bounded = true)]
    public async Task<IActionResult> Rank(string? periode, CancellationToken cancellationToken)
    {
        if (LeaderboardPeriod.IsWeek(periode) is not { } week) return NotFound();
        var (id, period) = (User.UserId!.Value, leaderboards.PeriodOf(week));
        var rank = await leaderboards.RankAsync(period, id, cancellationToken);
        return PartialView("_Rank", new RankViewModel(id, rank, rank is null ? [] : await leaderboards.AroundAsync(period, id, rank, cancellationToken), time.GetUtcNow()));
    }

    [HttpGet("/classement/ligue")]
    [PersonalPage(CacheTier.Short, Tags.User, Tags.Leaderboard, OfThisWeek = true, Bounded = true)]
    public async Task<IActionResult> League(CancellationToken cancellationToken) =>
        View(new RankViewModel(User.UserId!.Value, null, await leaderboards.LeagueAsync(User.UserId!.Value, cancellationToken), time.GetUtcNow()));
}

public sealed record LeaderboardViewModel(bool Week, IReadOnlyList<Leader> Leaders, DateTimeOffset At);

public sealed record RankViewModel(int UserId, MyRank? Mine, IReadOnlyList<Leader> Leaders, DateTimeOffset At);
