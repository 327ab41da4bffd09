using System.Globalization;

namespace NsiPortal.Bench;

/// <summary>
/// Two replicas, each a process, on one PostgreSQL and one Redis: what a teacher publishes at one, by its forms, the first reader at the other must see.
/// The portal lets nobody write as often as that, so that some teachers take turns, each with a chapter of their own; and the replicas take turns too.
/// </summary>
static class PublishBenchmark
{
    const int Teachers = 5;

    /// <summary>A publication takes two of the 240 requests to the editor that a teacher has each minute.</summary>
    static readonly TimeSpan Turn = TimeSpan.FromMinutes(1.1) / (240 / 2 * Teachers);

    public static Task<int> RunAsync(string[] args)
    {
        var times = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        return BenchDatabase.WithPostgresAsync(async () =>
        {
            await using var portals = await TwoReplicas.StartAsync(Teachers);
            return await MeasureAsync(portals.Authors, portals.Addresses, times);
        });
    }

    static async Task<bool> MeasureAsync(List<Author> authors, Uri[] replicas, int times)
    {
        using var reader = new HttpClient();
        var (fresh, kept, took) = (0, 0, new Sample());
        for (var number = 1; number <= times; number++)
        {
            var next = Task.Delay(Turn);
            var author = authors[number % authors.Count];
            var (here, there) = (replicas[number % 2], new Uri(replicas[1 - (number % 2)], author.Page));
            await author.OpenAsync(here);
            // A page is there to be stale, read twice so that it is kept; and it is not what is about to be published.
            var words = string.Create(CultureInfo.InvariantCulture, $"numero {number}.");
            await reader.GetStringAsync(there);
            using (var before = await reader.GetAsync(there))
            {
                if ((await before.Content.ReadAsStringAsync()).Contains(words, StringComparison.Ordinal)) throw new InvalidOperationException($"{there} shows what is not published yet.");
                if (before.Headers.GetValues("Cache-Status").Single().Contains("; hit", StringComparison.Ordinal)) kept++;
            }

            took.Add((await author.PublishAsync(here, words)).TotalMilliseconds);
            if ((await reader.GetStringAsync(there)).Contains("Publication " + words, StringComparison.Ordinal)) fresh++;
            await next;
        }

        // Where nothing is kept, everything is fresh.
        var reached = fresh == times && kept > times * 9 / 10;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {times} publications, {fresh} first reads fresh; aim: {(reached ? "reached" : "missed")}
              kept before      {kept}: the replica that was read had the page before in its cache
              was answered in  {took.ToString("F1", " ms")}, median (middle half)
              {authors.Count} teachers in turn, at two replicas in turn, each read at the other one as soon as the teacher had the answer; PostgreSQL, Redis
            """));
        return reached;
    }
}
