using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace NsiPortal.Support;

/// <summary>Somebody with a browser of their own: it keeps cookies, and sends forms with the token that stands in them.</summary>
public sealed partial class Person(PortalHost host, params string[] headers) : IDisposable
{
    readonly HttpClient client = host.CreateClient();
    string? token;

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    bool SignedIn => Cookies.Keys.Any(IsOfSignIn);

    /// <summary>The same browser, led to another replica or about to do what the first has not done.</summary>
    public Person Again(PortalHost? on = null)
    {
        var again = new Person(on ?? host, headers);
        foreach (var (name, value) in Cookies) again.Cookies[name] = value;
        return again;
    }

    public Task<Answer> AskAsync(string path, params string[] more) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), more);

    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, fields, []);

    /// <summary>As a script of the page does, with headers of its own.</summary>
    public async Task<Answer> PostAsync(string path, (string Name, string Value)[] fields, params string[] more) =>
        await SendFormAsync(path, [("__RequestVerificationToken", await TokenAsync()), .. fields], more);

    /// <summary>Sends files, all in the field of that name, as a form or a script does.</summary>
    public async Task<Answer> UploadAsync(string path, string field, (string Name, byte[] Content)[] files, params string[] more)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await TokenAsync()), "__RequestVerificationToken" } };
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), field, name);
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form }, more);
    }

    /// <summary>Sends any body, with the token in a header, as a script can and no form does.</summary>
    public async Task<Answer> SendAsync(string path, HttpContent content, bool chunked = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        return await SendAsync(request, [$"RequestVerificationToken: {await TokenAsync()}"]);
    }

    async Task<string> TokenAsync()
    {
        // Who is no longer let in learns it here.
        if (SignedIn && token is null && await AskAsync("/deconnexion") is { Status: HttpStatusCode.OK } page) token = TokenIn(page.Text);
        return token ??= TokenIn((await AskAsync("/connexion")).Text);
    }

    public Task<Answer> PostWithoutTokenAsync(string path, params (string Name, string Value)[] fields) => SendFormAsync(path, fields, []);

    Task<Answer> SendFormAsync(string path, (string Name, string Value)[] fields, string[] more) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    }, more);

    public Task<Answer> SignInAsync(string nickname, string password = Cast.Password, params (string Name, string Value)[] more) =>
        PostAsync("/connexion", [("Pseudo", nickname), ("MotDePasse", password), .. more]);

    public void Dispose() => client.Dispose();

    async Task<Answer> SendAsync(HttpRequestMessage request, string[] more)
    {
        using var sent = request;
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        foreach (var header in headers.Concat(more))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        var answer = await Answer.FromAsync(await client.SendAsync(request));
        if (answer.Message.Headers.TryGetValues("Set-Cookie", out var set)) Keep(SetCookieHeaderValue.ParseList([.. set]));
        return answer;
    }

    void Keep(IEnumerable<SetCookieHeaderValue> cookies)
    {
        foreach (var cookie in cookies)
        {
            var name = cookie.Name.ToString();
            // A token is its user's.
            if (IsOfSignIn(name)) token = null;
            if (cookie.Expires < TimeProvider.System.GetUtcNow()) Cookies.Remove(name);
            else Cookies[name] = cookie.Value.ToString();
        }
    }

    static bool IsOfSignIn(string cookie) => cookie is "connexion" or "__Host-connexion";

    static string TokenIn(string page) => Token().Match(page) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"No form has a token:\n{page}");

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();
}
