using System.Data.Common;
using System.Globalization;

namespace NsiPortal.Bench;

/// <summary>
/// The portal's own poll, turn by turn, on outboxes of growing size: the commands that it executes, the plan of its query, and its time, with
/// nothing new and with a hundred new rows. Every turn must be one command, and every plan a range of an index.
/// </summary>
static class PollBenchmark
{
    const int Turns = 60;

    public static Task<int> RunAsync(string[] args)
    {
        var most = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        return BenchDatabase.OnBothAsync(async create =>
        {
            var good = true;
            foreach (var rows in new[] { 0, 10_000, most }.Distinct().Order())
            {
                await using var outbox = await PolledOutbox.FillAsync(create(), rows);
                good &= await MeasureAsync(outbox, rows);
            }

            return good;
        });
    }

    static async Task<bool> MeasureAsync(PolledOutbox outbox, int rows)
    {
        var good = true;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outbox.Kind}, {rows:N0} rows in the outbox; medians of {Turns} turns (middle half)"));
        var first = await outbox.TurnAsync();
        await SayAsync("never analysed, nothing new", newRows: 0);
        await SayAsync("never analysed, 100 new rows a turn", newRows: 100);
        await outbox.AnalyseAsync();
        await SayAsync("analysed, nothing new", newRows: 0);
        await SayAsync("analysed, 100 new rows a turn", newRows: 100);

        // On PostgreSQL whatever came after the beginning of the oldest transaction is read again at each turn until that ends: what it wrote may be among it.
        await using (await outbox.BeginLongTransactionAsync())
        {
            await outbox.TurnAsync();
            await SayAsync("a transaction begins elsewhere", newRows: 0);
            await outbox.WriteAsync(100);
            await SayAsync("it is still open 100 rows later", newRows: 0);
            await outbox.WriteAsync(4_000);
            await SayAsync("it is still open 4,000 rows later", newRows: 0);
        }

        var renewing = await outbox.TurnAsync(after: TimeSpan.FromMinutes(1));
        Print("commands of the first turn", Count(first.Commands));
        Print("commands when the registration is renewed", Count(renewing.Commands));
        Console.WriteLine();
        return good;

        async Task SayAsync(string state, int newRows)
        {
            var (time, most) = (new Sample(), 0);
            IReadOnlyList<DbCommand> commands = [];
            for (var turn = -10; turn < Turns; turn++)
            {
                await outbox.WriteAsync(newRows);
                (var taken, commands, var learnt) = await outbox.TurnAsync();
                if (turn < 0) continue;
                if (learnt != newRows > 0) throw new InvalidOperationException($"{state}: the poll {(learnt ? "learnt of a change that was none" : "missed a change")}.");
                time.Add(taken);
                most = Math.Max(most, commands.Count);
            }

            var (plan, indexed) = await outbox.ExplainAsync(commands[0]);
            Print(state, $"{time.ToString("F2", " ms")}, {most} command{(most > 1 ? "s" : "")} a turn{(indexed ? "" : ", NOT A RANGE OF AN INDEX")}");
            if (newRows > 0 || !indexed) foreach (var line in plan) Console.WriteLine("      " + line);
            good &= indexed && most == 1;
        }
    }

    static string Count(IReadOnlyList<DbCommand> commands) =>
        $"{commands.Count}: {string.Join(", ", commands.Select(command => string.Join(' ', command.CommandText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(3))))}";

    static void Print(string name, string value) => Console.WriteLine($"  {name,-44}{value}");
}
