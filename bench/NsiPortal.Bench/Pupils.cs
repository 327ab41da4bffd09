using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NsiPortal.Accounts;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Bench;

/// <summary>Pupils of a seeded portal who are signed in, and what they do.</summary>
sealed partial class Pupils : IDisposable
{
    readonly HttpClient client;
    readonly List<string> cookies;
    readonly Dictionary<string, Exercise> exercises;

    Pupils(HttpClient client, List<int> ids, List<string> cookies, Dictionary<string, Exercise> exercises) => (this.client, Ids, this.cookies, this.exercises) = (client, ids, cookies, exercises);

    public IReadOnlyList<int> Ids { get; }

    /// <summary>What the browser of one of them sends.</summary>
    public string CookieOf(int pupil) => cookies[pupil];

    public IReadOnlyList<string> Exercises => [.. exercises.Keys];

    public IReadOnlyList<string> Chapters => [.. exercises.Keys.Select(path => path[..path.IndexOf("/exercices", StringComparison.Ordinal)]).Distinct()];

    /// <summary>Signs in so many, by the cookie that the portal itself would give.</summary>
    public static async Task<Pupils> OfAsync(WebApplication portal, int count)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var users = await db.Users.Where(u => u.Nickname.StartsWith("eleve-")).OrderBy(u => u.SecurityStamp).Take(count).ToListAsync();
        var ticket = portal.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = TimeProvider.System.GetUtcNow();
        var signedIn = users.ConvertAll(user =>
        {
            var principal = SignInCookie.PrincipalOf(new Account(user.Id, user.Nickname, user.Role, user.SecurityStamp, false));
            return $"{ticket.Cookie.Name}={ticket.TicketDataFormat.Protect(new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme))}";
        });
        var asked = await db.Exercises.AsNoTracking().Where(e => e.Number > 0 && (e.MaximumTries == null || e.MaximumTries > 1)).Select(e => new { Path = "/cours/" + e.Chapter.Course.Slug + "/" + e.Chapter.Slug + "/exercices/" + e.Number, Exercise = e }).ToListAsync();
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 400, AutomaticDecompression = DecompressionMethods.None };
        return new Pupils(new HttpClient(handler) { BaseAddress = new Uri(portal.Urls.First()) }, users.ConvertAll(u => u.Id), signedIn, asked.ToDictionary(e => e.Path, e => e.Exercise));
    }

    /// <summary>A page, of somebody or of a visitor.</summary>
    public Task<Reply> GetAsync(string path, int? pupil = null) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), pupil is { } one ? cookies[one] : null);

    /// <summary>An answer, as the form sends it.</summary>
    public async Task<Reply> SubmitAsync(string path, int pupil, Random random, bool right)
    {
        var form = await GetAsync(path + "/reponse", pupil);
        var token = Token().Match(form.Text).Groups[1].Value;
        var exercise = exercises[path];
        var answer = right ? SampleAnswers.Right(exercise.Content) : SampleAnswers.Wrong(exercise.Content, random);
        var fields = answer.Fields.SelectMany(field => field.Value.Select(value => KeyValuePair.Create("r." + field.Key, value)))
            .Append(KeyValuePair.Create("__RequestVerificationToken", token)).Append(KeyValuePair.Create("cle", Guid.NewGuid().ToString()));
        var request = new HttpRequestMessage(HttpMethod.Post, path + "/reponse") { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("HX-Request", "true");
        return await SendAsync(request, $"{cookies[pupil]}; {form.SetCookie}");
    }

    async Task<Reply> SendAsync(HttpRequestMessage request, string? cookie)
    {
        using var _ = request;
        request.Headers.TryAddWithoutValidation("Accept-Encoding", request.Method == HttpMethod.Get && !request.RequestUri!.OriginalString.EndsWith("/reponse", StringComparison.Ordinal) ? "br" : "identity");
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return new Reply(answer.StatusCode, watch.Elapsed, int.Parse(answer.Headers.GetValues("X-Sql-Count").Single(), CultureInfo.InvariantCulture),
            answer.Headers.TryGetValues("Cache-Status", out var status) ? status.Single() : "", System.Text.Encoding.UTF8.GetString(body), body.Length,
            answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "");
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

sealed record Reply(HttpStatusCode Status, TimeSpan Took, int Sql, string Cache, string Text, int Bytes, string SetCookie)
{
    public bool Hit => Cache.Contains("; hit", StringComparison.Ordinal);
}
