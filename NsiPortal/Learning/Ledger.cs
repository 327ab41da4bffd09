using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

/// <summary>
/// The sums that are kept beside the events. They are added to where they are, not read and written back, so that two submissions at once add up; in one
/// statement, because each pupil who submits waits for it.
/// </summary>
static class Ledger
{
    /// <summary>Counts tries, and what they brought; a try forgets the draft. In the transaction that saves the attempt, whose tags evict for it.</summary>
    public static Task<int> AddAsync(
        this PortalDbContext db, int userId, int exerciseId, int tries, IReadOnlyList<XpEvent> gained, IReadOnlyList<Badge> badges, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (solved, xp) = (gained.Count(e => e.Kind == XpKind.ExerciseSolved), gained.Sum(e => e.Amount));
        var day = Period.DayOf(at);
        var week = Period.WeekOf(day);
        int allTimeBucket = Leagues.BucketOf(userId, Period.AllTime), weekBucket = Leagues.BucketOf(userId, week);
        return BulkGuard.DeclaredAsync(() => db.Database.ExecuteSqlAsync(Together(
        [
            $"""
            DELETE FROM "AnswerDrafts" WHERE "UserId" = {userId} AND "ExerciseId" = {exerciseId} AND {tries} > 0;
            INSERT INTO "DailyActivity" ("UserId", "Day", "Tries", "Solved", "Xp") VALUES ({userId}, {day}, {tries}, {solved}, {xp})
            ON CONFLICT ("UserId", "Day") DO UPDATE SET "Tries" = "DailyActivity"."Tries" + excluded."Tries", "Solved" = "DailyActivity"."Solved" + excluded."Solved", "Xp" = "DailyActivity"."Xp" + excluded."Xp";
            INSERT INTO "Standings" ("Period", "UserId", "Xp", "ReachedAt", "Shown", "Bucket")
            SELECT {Period.AllTime}, u."Id", {xp}, {at}, u."ShownToAll" AND NOT u."Disabled", {allTimeBucket} FROM "Users" AS u WHERE u."Id" = {userId} AND {xp} > 0
            ON CONFLICT ("Period", "UserId") DO UPDATE SET "Xp" = "Standings"."Xp" + excluded."Xp", "ReachedAt" = excluded."ReachedAt";
            INSERT INTO "Standings" ("Period", "UserId", "Xp", "ReachedAt", "Shown", "Bucket")
            SELECT {week}, u."Id", {xp}, {at}, u."ShownToAll" AND NOT u."Disabled", {weekBucket} FROM "Users" AS u WHERE u."Id" = {userId} AND {xp} > 0
            ON CONFLICT ("Period", "UserId") DO UPDATE SET "Xp" = "Standings"."Xp" + excluded."Xp", "ReachedAt" = excluded."ReachedAt"
            """,
            .. gained.Select(e => (FormattableString)$"""INSERT INTO "XpEvents" ("UserId", "Kind", "SourceId", "Amount", "At") VALUES ({e.UserId}, {(int)e.Kind}, {e.SourceId}, {e.Amount}, {e.At})"""),
            .. badges.Select(b => (FormattableString)$"""INSERT INTO "EarnedBadges" ("UserId", "Code", "At") VALUES ({userId}, {b.Code}, {at}) ON CONFLICT DO NOTHING"""),
        ]), cancellationToken));
    }

    /// <summary>One command of several statements.</summary>
    static FormattableString Together(IReadOnlyList<FormattableString> statements)
    {
        var (formats, values) = (new List<string>(statements.Count), new List<object?>());
        foreach (var statement in statements)
        {
            formats.Add(string.Format(CultureInfo.InvariantCulture, statement.Format, [.. Enumerable.Range(values.Count, statement.ArgumentCount).Select(place => $"{{{place}}}")]));
            values.AddRange(statement.GetArguments());
        }

        return FormattableStringFactory.Create(string.Join(";\n", formats), [.. values]);
    }
}
