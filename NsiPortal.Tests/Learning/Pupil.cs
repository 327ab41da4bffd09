using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Learning;

/// <summary>Somebody at a browser: keeps cookies, and sends forms with what their page hid in them.</summary>
sealed partial class Pupil(PortalHost host) : IDisposable
{
    public const string Password = "phare-orage-tulipe";

    readonly HttpClient client = host.CreateClient();
    readonly Dictionary<string, string> cookies = [];
    string token = "";

    /// <summary>What names the next submission of the form that was shown last.</summary>
    public string Key { get; private set; } = "";

    public Task<Answer> GetAsync(string path, bool fragment = false) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), fragment);

    public async Task<IHtmlDocument> PageAsync(string path) => new HtmlParser().ParseDocument((await GetAsync(path)).Text);

    /// <summary>Asks until the page comes from the cache.</summary>
    public async Task<Answer> UntilKeptAsync(string path)
    {
        while (true)
        {
            var answer = await GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            if (answer.Hit) return answer;
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public Task<Answer> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields) => PostAsync(path, fragment: false, fields);

    /// <summary>As htmx sends it.</summary>
    public Task<Answer> SwapAsync(string path, params IEnumerable<(string Name, string Value)> fields) => PostAsync(path, fragment: true, fields);

    Task<Answer> PostAsync(string path, bool fragment, IEnumerable<(string Name, string Value)> fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Prepend(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
    }, fragment);

    /// <summary>Signs in by the form, with a password that is given now.</summary>
    public async Task<Pupil> SignInAsync(int id)
    {
        var nickname = await host.WithDbAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == id);
            user.PasswordHash = host.Services.CreateScope().ServiceProvider.GetRequiredService<IPasswordHasher<User>>().HashPassword(user, Password);
            await db.SaveChangesAsync();
            return user.Nickname;
        });
        await GetAsync("/connexion");
        var answer = await PostAsync("/connexion", ("Pseudo", nickname), ("MotDePasse", Password));
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Text);
        return this;
    }

    async Task<Answer> SendAsync(HttpRequestMessage request, bool fragment)
    {
        using var sent = request;
        if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (fragment) request.Headers.Add("HX-Request", "true");
        var message = await client.SendAsync(request);
        foreach (var cookie in message.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            if (value.Length > 0) cookies[name] = value;
            else cookies.Remove(name);
        }

        var answer = await Answer.FromAsync(message);
        if (Hidden().Match(answer.Text) is { Success: true } hidden) token = hidden.Groups["value"].Value;
        if (Named().Match(answer.Text) is { Success: true } named) Key = named.Groups["value"].Value;
        return answer;
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<value>[^"]+)""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="cle" value="(?<value>[^"]+)""")]
    private static partial Regex Named();
}
