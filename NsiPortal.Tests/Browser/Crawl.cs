using System.Net;
using System.Text.RegularExpressions;
using NsiPortal.Support;

namespace NsiPortal.Browser;

/// <summary>A walk along all links of the portal.</summary>
/// <param name="Pages">The paths that answered with a page.</param>
/// <param name="DeadLinks">The links that did not answer, and where they stand.</param>
public sealed partial record Crawl(IReadOnlyList<string> Pages, IReadOnlyList<string> DeadLinks)
{
    public static async Task<Crawl> RunAsync(PortalHost host)
    {
        using var client = host.CreateClient();
        var (pages, dead) = (new List<string>(), new List<string>());
        var (seen, waiting) = (new HashSet<string>(["/"]), new Queue<(string Path, string From)>([("/", "")]));
        while (waiting.TryDequeue(out var step))
        {
            var answer = await client.AskAsync(step.Path);
            // Whoever is not signed in is asked to; a choice of a language leads back.
            if (answer.Status == HttpStatusCode.Redirect && (answer.Header("Location")!.Contains("/connexion?retour=", StringComparison.Ordinal) || step.Path.StartsWith("/langue/", StringComparison.Ordinal))) continue;
            if (answer.Status != HttpStatusCode.OK) dead.Add($"{step.Path} on {step.From} answers {answer.Status}");
            if (answer.Message.Content.Headers.ContentType?.MediaType != "text/html" || answer.Status != HttpStatusCode.OK) continue;

            pages.Add(step.Path);
            foreach (Match link in Link().Matches(answer.Text))
            {
                var target = new Uri(new Uri(host.Url + step.Path), WebUtility.HtmlDecode(link.Groups["address"].Value));
                if (target.GetLeftPart(UriPartial.Authority) == host.Url && seen.Add(target.PathAndQuery)) waiting.Enqueue((target.PathAndQuery, step.Path));
            }
        }

        return new Crawl(pages, dead);
    }

    [GeneratedRegex("""<(?:a|link|img|script)\b[^>]*\s(?:href|src)="(?<address>[^"#]+)""")]
    private static partial Regex Link();
}
