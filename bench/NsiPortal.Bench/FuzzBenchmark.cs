using System.Diagnostics;
using System.Globalization;
using NsiPortal.Rendering;
using NsiPortal.Rendering.Fuzzing;
using NsiPortal.Rendering.Safety;

namespace NsiPortal.Bench;

/// <summary>The fuzz test of the tests, for longer: same generator, same judge, all cores.</summary>
static class FuzzBenchmark
{
    public static int Run(string[] args)
    {
        var documents = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        var generator = new DocumentGenerator(seed);
        var renderer = new MarkdownRenderer();
        var clock = Stopwatch.StartNew();
        int done = 0, violations = 0, shownAsSource = 0;
        long slowest = 0;

        Parallel.For(0, documents, number =>
        {
            var document = generator.Document(number);
            var start = Stopwatch.GetTimestamp();
            string? wrong;
            try
            {
                var html = renderer.Render(document).Html;
                InterlockedMax(ref slowest, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (html.StartsWith("<pre class=\"source\"", StringComparison.Ordinal)) Interlocked.Increment(ref shownAsSource);
                wrong = SafetyChecker.Judge(html);
                if (number % 10 == 0 && HtmlSanitizer.Sanitize(html)?.Html != html) wrong ??= "not stable";
            }
            catch (Exception e)
            {
                wrong = e.ToString();
            }

            if (wrong is not null && Interlocked.Increment(ref violations) <= 20) Console.WriteLine($"document {number}: {wrong}");
            var count = Interlocked.Increment(ref done);
            if (count % 50_000 == 0) Console.WriteLine($"{count} documents, {count / clock.Elapsed.TotalSeconds:F0}/s, {violations} violations");
        });

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{documents} documents, seed {seed}: {violations} violations, {shownAsSource} shown as source, slowest {slowest} ms, {documents / clock.Elapsed.TotalSeconds:F0} documents/s"));
        return violations == 0 ? 0 : 1;
    }

    static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
