using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>Reads random pages as visitors and pupils do, and judges each answer against the history of the school.</summary>
/// <param name="school">What there is to read, and its history.</param>
sealed partial class Readers(School school)
{
    static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(1);

    /// <summary>Each has pages of its own. Nearly all browsers ask for the first.</summary>
    static readonly string[] Encodings = ["br", "br", "br", "br", "br", "br", "br", "br", "gzip", "identity"];

    readonly ConcurrentQueue<string> violations = new();
    readonly ConcurrentQueue<string> overruns = new();
    readonly ConcurrentDictionary<string, int> told = new();

    // By milliseconds.
    readonly int[] granted = new int[10_000];
    int reads;
    int hits;
    int notModified;
    int redirects;
    int aborted;
    int unanswered;

    public int Reads => Volatile.Read(ref reads);
    public int Hits => Volatile.Read(ref hits);

    /// <summary>What the cache did with the other reads, in its own words, with how many there were.</summary>
    public IReadOnlyDictionary<string, int> Others => told;

    public int NotModified => Volatile.Read(ref notModified);
    public int Redirects => Volatile.Read(ref redirects);
    public int Aborted => Volatile.Read(ref aborted);

    /// <summary>Requests that died with the process they were sent to.</summary>
    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>Requests that waited longer than any may for what processes share.</summary>
    public IReadOnlyCollection<string> Overruns => overruns;

    /// <summary>The milliseconds that all but one in a thousand waited at most for what processes share.</summary>
    public int Granted999
    {
        get
        {
            var (left, most) = (granted.Sum() / 1000, granted.Length - 1);
            while (most > 0 && (left -= granted[most]) >= 0) most--;
            return most;
        }
    }

    public IReadOnlyCollection<string> Violations => violations;

    /// <summary>Reads until it is told to stop.</summary>
    /// <param name="random">Chooses what is read.</param>
    /// <param name="choose">The door that the reader comes to; null when all are shut for now.</param>
    /// <param name="next">Whether to go on.</param>
    public async Task ReadAsync(Random random, Func<Random, Door?> choose, Func<ValueTask<bool>> next)
    {
        var kept = new Dictionary<string, (string ETag, string Text)>();
        while (await next())
        {
            if (choose(random) is not { } door)
            {
                await Task.Delay(5);
                continue;
            }

            var (path, course, chapter) = Choose(random);
            var encoding = Encodings[random.Next(Encodings.Length)];
            var user = path == "/essai/moi" ? $"user{random.Next(3)}" : null;
            var memory = $"{encoding} {path}";
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
            if (user is not null) request.Headers.TryAddWithoutValidation(HeaderAuthentication.Header, user);
            if (user is null && kept.TryGetValue(memory, out var old)) request.Headers.TryAddWithoutValidation("If-None-Match", old.ETag);

            if (random.Next(100) == 0)
            {
                await AbortAsync(door.Client, request);
                continue;
            }

            var started = Stopwatch.GetTimestamp();
            Answer answer;
            try
            {
                answer = await Answer.FromAsync(await door.Client.SendAsync(request));
            }
            // A connection that a killed process resets as it opens comes up as the socket's own exception.
            catch (Exception lost) when (lost is HttpRequestException or SocketException)
            {
                Interlocked.Increment(ref unanswered);
                if (!await door.IsGoneAsync()) violations.Enqueue($"{path}: no answer from a process that lives: {lost.Message}");
                continue;
            }

            var ended = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref reads);
            if (answer.Hit) Interlocked.Increment(ref hits);
            else told.AddOrUpdate(answer.CacheStatus.Replace("NsiPortal; ", "", StringComparison.Ordinal), 1, (_, count) => count + 1);
            if (GrantedTime.In(answer) is { } time)
            {
                Interlocked.Increment(ref granted[Math.Min((int)time.TotalMilliseconds, granted.Length - 1)]);
                if (time > GrantedTime.Limit) overruns.Enqueue($"{path} ({answer.CacheStatus}): waited {answer.Header("Server-Timing")}");
            }

            // It says that it may be as old, where the portal is told to lease tokens.
            if (answer.CacheStatus.EndsWith("; detail=leased", StringComparison.Ordinal)) started -= (long)(LongestLease.TotalSeconds * Stopwatch.Frequency);
            var text = answer.Text;
            if (answer.Status == HttpStatusCode.NotModified)
            {
                Interlocked.Increment(ref notModified);
                text = kept[memory].Text;
            }
            else if (answer.Status == HttpStatusCode.OK && answer.ETag is { } tag)
            {
                kept[memory] = (tag, text);
            }

            foreach (var fault in Faults(answer, text, course, chapter, user, started, ended)) violations.Enqueue($"{path} ({answer.CacheStatus}): {fault}");
        }
    }

    (string Path, School.CourseState? Course, School.ChapterState? Chapter) Choose(Random random)
    {
        var courses = school.Courses;
        var course = courses[random.Next(courses.Count)];
        var chapters = course.Chapters;
        var chapter = chapters[random.Next(chapters.Count)];
        return random.Next(10) switch
        {
            0 => ("/", null, null),
            1 => ("/cours", null, null),
            2 => ("/essai/moi", null, null),
            <= 5 => ($"/cours/{course.Slug}", course, null),
            _ => ($"/cours/{course.Slug}/{chapter.Slug}", course, chapter),
        };
    }

    async Task AbortAsync(HttpClient client, HttpRequestMessage request)
    {
        Interlocked.Increment(ref aborted);
        using var leave = new CancellationTokenSource();
        var going = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        await Task.Yield();
        await leave.CancelAsync();
        try
        {
            (await going).Dispose();
        }
        catch (Exception left) when (left is OperationCanceledException or HttpRequestException)
        {
            // As meant, or gone.
        }
    }

    IEnumerable<string> Faults(Answer answer, string text, School.CourseState? course, School.ChapterState? chapter, string? user, long started, long ended)
    {
        switch (answer.Status)
        {
            case HttpStatusCode.NotFound:
                if ((chapter?.Leaving ?? course?.Leaving ?? long.MaxValue) > ended && (course?.Leaving ?? long.MaxValue) > ended) yield return "404 for what exists";
                yield break;
            case HttpStatusCode.Redirect:
                Interlocked.Increment(ref redirects);
                text = $"href=\"{answer.Header("Location")}\"";
                break;
            case HttpStatusCode.OK or HttpStatusCode.NotModified:
                if (course?.Gone < started || chapter?.Gone < started) yield return "a page of what was deleted: not fresh";
                if (!text.TrimEnd().EndsWith(user is null ? "</html>" : $"for {user}</html>", StringComparison.Ordinal)) yield return user is null ? "not whole" : $"not whole, or not the page of {user}";
                break;
            default:
                yield return $"status {answer.Status}";
                yield break;
        }

        foreach (var (name, value) in Shown(text, chapter))
        {
            if (!school.Registers.TryGetValue(name, out var register)) yield return $"{name} is unknown";
            else if (register.Judge(value, started, ended) is { } fault) yield return fault;
        }

        if (answer.Status == HttpStatusCode.OK && user is not null)
        {
            foreach (var expected in school.Courses)
            {
                if (expected.Appeared < started && expected.Leaving > ended && !text.Contains($"[[c{expected.Name}.title=", StringComparison.Ordinal)) yield return $"c{expected.Name} is missing: not fresh";
            }
        }

        if (answer.Status is HttpStatusCode.OK or HttpStatusCode.NotModified && course is not null)
        {
            // A page of a course names all its chapters, or the neighbours of one.
            if (chapter is not null && !text.Contains($"h{chapter.Name}.text=", StringComparison.Ordinal)) yield return "without its own text";
            if (chapter is null)
            {
                foreach (var expected in course.Chapters)
                {
                    if (expected.Appeared < started && expected.Leaving > ended && !text.Contains($"[[h{expected.Name}.title=", StringComparison.Ordinal)) yield return $"h{expected.Name} is missing: not fresh";
                }
            }
        }
    }

    static IEnumerable<(string Name, int Value)> Shown(string text, School.ChapterState? chapter)
    {
        foreach (Match match in Marker().Matches(text)) yield return (match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan));
        foreach (Match match in Slug().Matches(text)) yield return (match.Groups[1].Value + ".slug", int.Parse(match.Groups[2].ValueSpan));
        if (chapter is null) yield break;
        foreach (Match match in Content().Matches(text)) yield return ($"h{chapter.Name}.content", int.Parse(match.Groups[1].ValueSpan));
    }

    [GeneratedRegex(@"\[\[([ch]\d+\.\w+)=(\d+)\]\]")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\[\[content=(\d+)\]\]")]
    private static partial Regex Content();

    [GeneratedRegex(@"(?<=href=""/cours/(?:c\d+-\d+/)?)([ch]\d+)-(\d+)(?=[""/])")]
    private static partial Regex Slug();
}
