using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Data.Configurations;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Commands.Seeding;

/// <summary>Writes simulated pupils, and what they did, table by table.</summary>
static class BulkPeople
{
    /// <summary>In a transaction that evicts every page.</summary>
    public static Task WriteAsync(PortalDbContext db, IReadOnlyList<object?[]> users, IReadOnlyList<Story> stories, IReadOnlySet<int> shown, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async () =>
        {
            await db.WriteAsync([Tags.Everything], async cancellation =>
            {
                var connection = db.Database.GetDbConnection();
                await Write("Users", ["Id", "Nickname", "NicknameKey", "Role", "Disabled", "CreatedAt", "Avatar", "ShownToAll", "PasswordHash", "SecurityStamp", "FailedSignIns", "MustChangePassword"], users);
                await Write("Attempts", ["UserId", "ExerciseId", "Version", "Points", "Key", "Number", "Answer", "Outcome", "Score", "Feedback", "At", "Regraded"],
                    from s in stories from a in s.Attempts select (object?[])[s.UserId, a.ExerciseId, a.Version, a.Points, a.Key, a.Number, a.Answer, (int)a.Outcome, a.Score, Json.Write(a.Feedback), a.At, a.Regraded]);
                await Write("ExerciseProgress", ["UserId", "ExerciseId", "Tries", "TriesToSolve", "BestScore", "LastOutcome", "FirstAt", "SolvedAt", "LastAt", "LastRightAt", "HintsSeen", "RegradeUnseen", "Revision"],
                    from s in stories from p in s.Progress select (object?[])[s.UserId, p.ExerciseId, p.Tries, p.TriesToSolve, p.BestScore, (int?)p.LastOutcome, p.FirstAt, p.SolvedAt, p.LastAt, p.LastRightAt, p.HintsSeen, p.RegradeUnseen, p.Revision]);
                await Write("XpEvents", ["UserId", "Kind", "SourceId", "Amount", "At"], from s in stories from x in s.Xp select (object?[])[s.UserId, (int)x.Kind, x.SourceId, x.Amount, x.At]);
                await Write("DailyActivity", ["UserId", "Day", "Tries", "Solved", "Xp"], from s in stories from d in s.Days select (object?[])[s.UserId, d.Day, d.Tries, d.Solved, d.Xp]);
                await Write("Standings", ["Period", "UserId", "Xp", "ReachedAt", "Shown", "Bucket"],
                    from s in stories from t in s.Standings select (object?[])[t.Period, s.UserId, t.Xp, t.ReachedAt, shown.Contains(s.UserId), Leagues.BucketOf(s.UserId, t.Period)]);
                return 0;

                Task Write(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => BulkTable.WriteAsync(connection, table, columns, rows, cancellation);
            }, cancellationToken);
        }, cancellationToken);
}
