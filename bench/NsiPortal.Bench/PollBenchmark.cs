using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NsiPortal.Caching.Outbox;
using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>
/// The portal's own poll, turn by turn, on outboxes of growing size: the commands that it executes, the plan of its query, and its time, with
/// nothing new and with a hundred new rows. Every plan must be a range of an index, and every turn one command.
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
                await using var outbox = await Outbox.FillAsync(create(), rows);
                good &= await MeasureAsync(outbox, rows);
            }

            return good;
        });
    }

    static async Task<bool> MeasureAsync(Outbox outbox, int rows)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outbox.Kind}, {rows:N0} rows, medians of {Turns} turns (middle half)"));
        Print("commands", $"{outbox.First} in the first turn, {outbox.Renewing} when the registration is renewed, each minute");

        var good = await SayAsync("never analysed");
        await outbox.AnalyseAsync();
        good &= await SayAsync("analysed");

        // PostgreSQL cannot tell rows that were there from rows that this transaction kept it from seeing: it reads them again until it ends.
        await using (await outbox.BeginLongTransactionAsync())
        {
            good &= await SayAsync("beside a long transaction");
            await outbox.WriteAsync(4_000);
            good &= Say("4,000 rows later", 0);
        }

        Console.WriteLine();
        return good;

        async Task<bool> SayAsync(string state)
        {
            var right = Say($"{state}, nothing new", 0) & Say($"{state}, 100 new rows", 100);
            // The new rows are those that the plan finds.
            outbox.Write(100);
            outbox.Turn();
            var (plan, indexed) = await outbox.ExplainAsync();
            foreach (var line in plan) Console.WriteLine("    " + line);
            if (!indexed) Console.WriteLine("    NOT A RANGE OF AN INDEX");
            return right & indexed;
        }

        bool Say(string state, int newRows)
        {
            var (time, commands) = (new Sample(), new Sample());
            for (var turn = -5; turn < Turns; turn++)
            {
            }

            Print(state, $"{time.ToString("F2", " ms")}, {commands}");
            return true;
        }
    }

    static void Print(string name, string value) => Console.WriteLine($"  {name,-44}{value}");
}
