using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Accounts;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;
using NsiPortal.Domain.People;

namespace NsiPortal.Bench;

/// <summary>A teacher at a browser, who publishes one chapter again and again by the forms of the portal.</summary>
sealed class Author(string name, string editor, string page) : IDisposable
{
    // Cookies go to every port of the machine, and so to every replica.
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>What the form that was read last holds.</summary>
    Dictionary<string, string> fields = [];

    /// <summary>Where readers find the chapter.</summary>
    public string Page => page;

    /// <summary>Makes teachers, each for a chapter of the demo courses.</summary>
    public static async Task<List<Author>> MakeAsync(WebApplication portal, int count)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var registration = scope.ServiceProvider.GetRequiredService<Registration>();
        var chapters = await db.Chapters.Where(c => c.Published && c.Course.Published).OrderBy(c => c.CourseId).ThenBy(c => c.Position).Take(count)
            .Select(c => new { c.Id, c.CourseId, Page = "/cours/" + c.Course.Slug + "/" + c.Slug }).ToListAsync();
        var authors = new List<Author>();
        foreach (var chapter in chapters)
        {
            var name = $"professeur-{authors.Count + 1}";
            var teacher = await registration.CreateAsync(name, DemoPeople.Password, Role.Teacher, mustChangePassword: false, CancellationToken.None);
            (await db.Courses.Include(c => c.Authors).SingleAsync(c => c.Id == chapter.CourseId)).Admit(teacher!.Id, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
            authors.Add(new Author(name, $"/prof/cours/{chapter.CourseId}/chapitres/{chapter.Id}", chapter.Page));
        }

        return authors;
    }

    public async Task SignInAsync(Uri replica)
    {
        await ReadAsync(new Uri(replica, "/connexion"), "form[action='/connexion']");
        await PostAsync(new Uri(replica, "/connexion"), ("Pseudo", name), ("MotDePasse", DemoPeople.Password));
    }

    /// <summary>Opens the editor, as it must be before each publication.</summary>
    public Task OpenAsync(Uri replica) => ReadAsync(new Uri(replica, editor), "#p-editor");

    /// <summary>Publishes the chapter with its text, and these words behind it.</summary>
    /// <returns>How long the portal took to answer that it has.</returns>
    public async Task<TimeSpan> PublishAsync(Uri replica, string words)
    {
        var began = Stopwatch.GetTimestamp();
        await PostAsync(new Uri(replica, editor + "/publication"), ("Texte", $"{fields["Texte"].Split("\n\nPublication ")[0]}\n\nPublication {words}"));
        return Stopwatch.GetElapsedTime(began);
    }

    async Task ReadAsync(Uri address, string form)
    {
        using var answer = await client.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        var found = new HtmlParser().ParseDocument(text).QuerySelector(form) ?? throw new InvalidOperationException($"{address} has no form: {answer.StatusCode}\n{text}");
        fields = found.QuerySelectorAll("input[name], textarea[name]").Where(field => field.GetAttribute("type") is not ("checkbox" or "radio" or "submit" or "file"))
            .GroupBy(field => field.GetAttribute("name")!).ToDictionary(field => field.Key, field => field.First().GetAttribute("value") ?? field.First().TextContent.ReplaceLineEndings("\n"));
    }

    /// <summary>Sends the form that was read last; a redirection is how the portal says that it has taken it.</summary>
    async Task PostAsync(Uri address, params (string Name, string Value)[] filled)
    {
        foreach (var (field, value) in filled) fields[field] = value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(address, form);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther)) throw new InvalidOperationException($"{address}: {answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => client.Dispose();
}
