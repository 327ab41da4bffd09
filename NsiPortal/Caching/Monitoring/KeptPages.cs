using System.Globalization;
using NsiPortal.Caching.Pages;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Monitoring;

/// <summary>The pages that this process stored last, for those who watch the cache. Serving does not depend on it.</summary>
sealed class KeptPages(TagTokens tokens, TimeProvider time)
{
    const int Maximum = 200;

    readonly Lock gate = new();
    readonly OrderedDictionary<string, Entry> entries = [];

    public void Add(HttpContext http, PageRequest page, WholePage whole)
    {
        var address = http.Request.Path + (page.Shared ? Query(http.Request, page.Attribute) : "");
        var (language, coding) = (CultureInfo.CurrentUICulture.Name, whole.Coding ?? "identity");
        var names = page.TagNames.ToArray();
        var kept = new KeptPage(address, language, coding, whole.Body.Length, time.GetUtcNow() + page.Duration,
            [.. names.Select(name => name.StartsWith(Tags.OfUser(""), StringComparison.Ordinal) ? Tags.User : name)]);
        // The same page anew: what it was before can be reached no more.
        var key = string.Join('\n', [address, language, coding, .. names]);
        lock (gate)
        {
            entries.Remove(key);
            entries.Add(key, new Entry(kept, names, page.Reading!));
            if (entries.Count > Maximum) entries.RemoveAt(0);
        }
    }

    // What the page does not read makes no page of its own.
    static QueryString Query(HttpRequest request, CachedPageAttribute attribute) =>
        QueryString.Create(attribute.Query.Where(request.Query.ContainsKey).Select(key => KeyValuePair.Create(key, request.Query[key])));

    /// <summary>Those that a reader can still be given, the last one first.</summary>
    public async ValueTask<IReadOnlyList<KeptPage>> CurrentAsync(CancellationToken cancellationToken)
    {
        List<Entry> all;
        lock (gate) all = [.. entries.Values.Reverse()];
        var names = all.SelectMany(entry => entry.TagNames).Distinct().ToList();
        if (await tokens.ReadAsync(names, cancellationToken) is not { } reading) return [];
        var current = names.Zip(reading.Tokens).ToDictionary(pair => pair.First, pair => pair.Second);
        var now = time.GetUtcNow();
        return [.. all.Where(entry => entry.Page.ExpiresAt > now && entry.Reading.Epoch == reading.Epoch
            && entry.TagNames.Zip(entry.Reading.Tokens).All(pair => current[pair.First] == pair.Second)).Select(entry => entry.Page)];
    }

    /// <param name="Page">What is told of it.</param>
    /// <param name="TagNames">The names of its tags, which begin those of <paramref name="Reading"/>.</param>
    /// <param name="Reading">The tokens in its key.</param>
    sealed record Entry(KeptPage Page, string[] TagNames, TokenReading Reading);
}
