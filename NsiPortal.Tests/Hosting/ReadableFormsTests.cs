using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NsiPortal.Support;

namespace NsiPortal.Hosting;

/// <summary>Whatever is sent where a form is expected, the answer says so in a page, and nothing fails.</summary>
public sealed class ReadableFormsTests(Cast cast) : IClassFixture<Cast>
{
    const string UrlEncoded = "application/x-www-form-urlencoded";

    public static readonly TheoryData<string, string, bool> Bodies = new()
    {
        { "application/x-www-form-urlencoded; charset=utf-7", "r.choix=a", true },
        { "application/x-www-form-urlencoded; charset=klingon", "%FF=%FE", false },
        { "application/json", "{}", false },
        { "", "r.choix=a", false },
        { "text/plain", "", false },
        { "multipart/form-data", "r.choix=a", true },
        { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"r.choix\"\r\n\r\na", true },
        { $"multipart/form-data; boundary={new string('b', 300)}", "r.choix=a", true },
        { UrlEncoded, string.Join('&', Enumerable.Range(0, 2000).Select(i => $"r.{i}=x")), true },
        { UrlEncoded, new string('k', 5000) + "=x", true },
        { UrlEncoded, "%00=x", true },
        { UrlEncoded, "Pseudo[0=x&a[[[[=1", false },
    };

    /// <param name="unreadable">It is refused before anybody looks for a field in it; else it lacks the fields.</param>
    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_cannot_be_read_is_the_senders_fault(string type, string body, bool unreadable)
    {
        using var visitor = cast.Visitor();
        foreach (var path in new[] { "/connexion", "/inscription", Cast.Exercise + "/reponse" }) await AssertRefusedAsync(visitor, path);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        foreach (var path in new[] { "/profil", "/rejoindre", Cast.Exercise + "/reponse" }) await AssertRefusedAsync(zoe, path);

        async Task AssertRefusedAsync(Person sender, string path)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            var answer = await sender.SendAsync(path, content);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.Status));
            Assert.Contains("</html>", answer.Text, StringComparison.Ordinal);
            Assert.Equal((path, unreadable), (path, answer.Text.Contains("class=\"reference\"", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("/connexion")]
    [InlineData("/inscription")]
    public async Task One_that_grows_beyond_what_is_taken_is_told_that_it_is_too_large(string path)
    {
        using var visitor = cast.Visitor();
        var content = new StringContent("Pseudo=" + new string('a', 300 * 1024), new MediaTypeHeaderValue(UrlEncoded));
        var answer = await visitor.SendAsync(path, content, chunked: true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("Envoi trop volumineux", answer.Text, StringComparison.Ordinal);
    }
}
