using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Courses;
using NsiPortal.Exchange.Uploads;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Files;

/// <summary>A teacher sends files to a course, describes, replaces and deletes them.</summary>
public sealed class FilesTests(Cast cast) : IClassFixture<Cast>
{
    string Address => $"/prof/cours/{cast.CourseOfHopper}/fichiers";

    [Fact]
    public async Task Several_files_are_sent_at_once_and_what_is_not_taken_is_told_by_name()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var answer = await hopper.UploadAsync(Address, "fichiers", [("Une Carte.png", Pictures.Png(grey: 1)), ("fausse.png", [.. "PK\u0003\u0004"u8, .. new byte[9]]), ("notes.csv", [.. "a;b\n"u8])]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var page = WebUtility.HtmlDecode(answer.Text);
        Assert.Contains("«\u00a0fausse.png\u00a0»\u00a0: Ce fichier est nommé «\u00a0.png\u00a0», mais il contient une archive ZIP.", page, StringComparison.Ordinal);
        Assert.Contains("une-carte.png", page, StringComparison.Ordinal);
        Assert.Contains("![](figures/une-carte.png)", page, StringComparison.Ordinal);
        Assert.Contains("[notes.csv](fichiers/notes.csv)", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await hopper.AskAsync($"{Address}/une-carte.png")).Status);
        // Without a file, a word about it.
        Assert.Contains("Choisissez un fichier", WebUtility.HtmlDecode((await hopper.PostAsync(Address)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_English_is_refused_in_English()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        hopper.Cookies["langue"] = "en";
        var answer = await hopper.UploadAsync(Address, "fichiers",
            [("false.png", [.. "PK\u0003\u0004"u8, .. new byte[9]]), ("none.txt", []), ("list.json", [.. "[1,\n2"u8]), ("half.gif", Pictures.Gif()[..20]), ("tree.svg", [.. "<svg"u8]), ("run.exe", [1])]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var page = WebUtility.HtmlDecode(answer.Text);
        Assert.Contains("“false.png”: This file is named “.png”, but it contains a ZIP archive.", page, StringComparison.Ordinal);
        Assert.Contains("“none.txt”: This file is empty.", page, StringComparison.Ordinal);
        Assert.Contains("“list.json”: This file is not JSON: look at line 2.", page, StringComparison.Ordinal);
        Assert.Contains("“half.gif”: This GIF image is damaged or incomplete", page, StringComparison.Ordinal);
        Assert.Contains("“tree.svg”: This SVG cannot be read", page, StringComparison.Ordinal);
        Assert.Contains("“run.exe”: This type of file is not accepted.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ce fichier", page, StringComparison.Ordinal);

        await hopper.UploadAsync(Address, "fichiers", [("cited.csv", [.. "a;b"u8])]);
        Assert.Contains("“cited.csv” can only be replaced", WebUtility.HtmlDecode((await hopper.UploadAsync($"{Address}/cited.csv/remplacement", "fichier", [("x.png", Pictures.Png())])).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_sent_twice_is_there_once_and_another_of_its_name_gets_a_number()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Equal("double.png", await SendAsync(hopper, "double.png", Pictures.Png(grey: 2)));
        Assert.Equal("double.png", await SendAsync(hopper, "autre-nom.png", Pictures.Png(grey: 2)));
        Assert.Equal("double-2.png", await SendAsync(hopper, "double.png", Pictures.Png(grey: 3)));
    }

    [Fact]
    public async Task A_script_learns_what_to_insert_once_the_image_is_described()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var sent = JsonDocument.Parse((await hopper.UploadAsync(Address, "fichiers", [("arbre.png", Pictures.Png(grey: 4))], "Accept: application/json")).Text).RootElement;
        Assert.Equal((true, $"{Address}/arbre.png"), (sent.GetProperty("isImage").GetBoolean(), sent.GetProperty("address").GetString()));

        var mute = await hopper.PostAsync($"{Address}/arbre.png/texte", ("texte", "  "));
        Assert.Equal(HttpStatusCode.BadRequest, mute.Status);
        Assert.Contains("Décrivez l’image", WebUtility.HtmlDecode(mute.Text), StringComparison.Ordinal);

        await hopper.PostAsync($"{Address}/arbre.png/texte", ("texte", "Un arbre [binaire] de 7 nœuds"));
        Assert.Contains(@"![Un arbre \[binaire\] de 7 nœuds](figures/arbre.png)", WebUtility.HtmlDecode((await hopper.AskAsync(Address)).Text), StringComparison.Ordinal);
        await hopper.PostAsync($"{Address}/arbre.png/texte", ("texte", "reste"), ("decorative", "true"));
        Assert.Contains("![](figures/arbre.png)", WebUtility.HtmlDecode((await hopper.AskAsync(Address)).Text), StringComparison.Ordinal);

        // What is too long is still there, with a word about it.
        var (status, text) = await hopper.PostAsync($"{Address}/arbre.png/texte", ("texte", new string('x', 501))) is var answer ? (answer.Status, answer.Text) : default;
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(new string('x', 501), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_use_stays_and_what_replaces_it_is_seen_on_the_next_request()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await SendAsync(hopper, "utile.png", Pictures.Png(grey: 5));
        await cast.Host.WithDbAsync(async db =>
        {
            var chapter = await db.Chapters.SingleAsync(c => c.Id == cast.ChapterOfHopper);
            chapter.Write("![Une figure](figures/utile.png)", Text.Of("Une figure."));
            await db.SaveChangesAsync();
        });
        var refusal = await hopper.PostAsync($"{Address}/utile.png/suppression");
        Assert.Equal(HttpStatusCode.Conflict, refusal.Status);
        Assert.Contains("il sert dans «\u00a0Chapitre jointures\u00a0»", WebUtility.HtmlDecode(refusal.Text), StringComparison.Ordinal);

        using var zoe = cast.Visitor();
        var before = (await zoe.AskAsync("/cours/sql/fichiers/utile.png")).Header("ETag");
        Assert.Equal(HttpStatusCode.Redirect, (await hopper.UploadAsync($"{Address}/utile.png/remplacement", "fichier", [("x.png", Pictures.Png(grey: 6))])).Status);
        Assert.NotEqual(before, (await zoe.AskAsync("/cours/sql/fichiers/utile.png")).Header("ETag"));
        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.UploadAsync($"{Address}/utile.png/remplacement", "fichier", [("x.gif", Pictures.Gif())])).Status);

        await SendAsync(hopper, "inutile.png", Pictures.Png(grey: 7));
        await hopper.PostAsync($"{Address}/inutile.png/suppression");
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync($"{Address}/inutile.png")).Status);
    }

    [Fact]
    public async Task What_is_sent_to_pupils_can_do_nothing()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await SendAsync(hopper, "dessin.svg", Pictures.Svg("<script>alert(1)</script><path d='M0 0'/>"));
        await SendAsync(hopper, "poly.pdf", [.. "%PDF-1.7\n%%EOF"u8]);
        await SendAsync(hopper, "page.txt", [.. "<script>alert(1)</script>"u8]);
        using var zoe = cast.Visitor();
        var drawing = await zoe.AskAsync("/cours/sql/fichiers/dessin.svg");
        Assert.DoesNotContain("script", drawing.Text, StringComparison.Ordinal);
        Assert.Contains("sandbox", drawing.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", drawing.Header("X-Content-Type-Options"));
        // The second time from the cache.
        for (var time = 0; time < 2; time++) Assert.Equal("attachment", (await zoe.AskAsync("/cours/sql/fichiers/poly.pdf")).Header("Content-Disposition"));
        Assert.Equal("text/plain", (await zoe.AskAsync("/cours/sql/fichiers/page.txt")).Message.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_upload_that_is_too_large_is_cut_off_with_a_word_about_it()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var large = await hopper.UploadAsync(Address, "fichiers", [("gros.png", new byte[Upload.MaximumBytes + 1])]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.Status);
        Assert.Contains("dépasse 5 Mo", WebUtility.HtmlDecode(large.Text), StringComparison.Ordinal);
        // It says how large it is, and is refused before it is sent.
        using var connection = new TcpClient();
        var portal = new Uri(cast.Host.Url);
        await connection.ConnectAsync(portal.Host, portal.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {Address} HTTP/1.1\r\nHost: {portal.Authority}\r\nConnection: close\r\nContent-Length: {50 * 1024 * 1024}\r\n\r\n"));
        var huge = await new StreamReader(connection.GetStream()).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 413", huge, StringComparison.Ordinal);
        Assert.Contains("Envoi trop volumineux", huge, StringComparison.Ordinal);

        Assert.Equal(0, await cast.Host.WithDbAsync(db => db.CourseFiles.CountAsync(f => f.Name == "gros.png")));
    }

    [Fact]
    public async Task A_course_has_room_for_so_much()
    {
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        var id = await cast.Host.WithDbAsync(async db =>
        {
            var course = new CourseBuilder("plein").Draft().Build();
            for (var part = 0; part < 20; part++) course.Attach($"partie-{part}.txt", "text/plain; charset=utf-8", [.. Enumerable.Repeat((byte)part, 5 * 1024 * 1024)]);
            db.Add(course);
            await db.SaveChangesAsync();
            return course.Id;
        });
        var answer = await bursar.UploadAsync($"/prof/cours/{id}/fichiers", "fichiers", [("goutte.txt", [.. "de trop"u8])]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("le cours dépasserait 100 Mo", WebUtility.HtmlDecode(answer.Text), StringComparison.Ordinal);
        // Nobody but its authors sees a file of a draft.
        using var zoe = cast.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await zoe.AskAsync("/cours/plein/fichiers/partie-1.txt")).Status);
        Assert.Equal(HttpStatusCode.OK, (await bursar.AskAsync($"/prof/cours/{id}/fichiers/partie-1.txt")).Status);
    }

    async Task<string> SendAsync(Person teacher, string name, byte[] content)
    {
        var answer = await teacher.UploadAsync(Address, "fichiers", [(name, content)], "Accept: application/json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonDocument.Parse(answer.Text).RootElement.GetProperty("name").GetString()!;
    }
}
