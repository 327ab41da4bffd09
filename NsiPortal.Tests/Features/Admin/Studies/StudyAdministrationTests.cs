using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.Studies;
using NsiPortal.Support;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>Each test has a portal of its own: they all change the same catalogue.</summary>
public sealed partial class StudyAdministrationTests : IAsyncLifetime
{
    readonly Cast cast = new();
    Person bursar = null!;

    public async ValueTask InitializeAsync()
    {
        await cast.StartAsync();
        bursar = await cast.SignInAsync(Cast.Bursar);
    }

    public async ValueTask DisposeAsync()
    {
        bursar.Dispose();
        await cast.DisposeAsync();
    }

    string Lille => $"/admin/etudes/universites/{cast.UniversityId}";

    [Fact]
    public async Task Each_change_is_on_the_next_page_of_another_replica()
    {
        await using var other = await PortalHost.StartAsync(cast.Host, Cast.HashFast);
        using var client = other.CreateClient();

        await ChangeAsync("/etudes", "Sorbonne Université", () => bursar.PostAsync("/admin/etudes/universites", ("Nom", "Sorbonne Université"), ("Code", "su"), ("Ville", "Paris")));
        var su = $"/admin/etudes/universites/{await IdAsync(StudyKind.University, "SU")}";
        await ChangeAsync("/etudes/sorbonne-universite", "UFR d’ingénierie", () => bursar.PostAsync("/admin/etudes/composantes", ("Parent", IdOf(su)), ("Nom", "UFR d’ingénierie"), ("Code", "ING")));
        await ChangeAsync("/etudes/sorbonne-universite", "Master Données", async () => await bursar.PostAsync("/admin/etudes/filieres", ("Parent", $"{await IdAsync(StudyKind.Faculty, "ING")}"), ("Nom", "Master Données"), ("Code", "MD"), ("Niveau", "master"), ("Resume", "Deux ans.")));
        await ChangeAsync("/etudes/sorbonne-universite/master-donnees", "Optimisation", async () => await bursar.PostAsync("/admin/etudes/matieres", ("Parent", $"{await IdAsync(StudyKind.Programme, "MD")}"), ("Nom", "Optimisation de requêtes"), ("Code", "OPT"), ("Semestre", "1"), ("Ects", "2,5")));
        var opt = $"/admin/etudes/matieres/{await IdAsync(StudyKind.Subject, "OPT")}";
        var sql = await cast.Host.WithDbAsync(db => db.Courses.Select(c => c.Id).SingleAsync());
        await ChangeAsync("/cours/sql", "Optimisation de requêtes", () => bursar.PostAsync(opt, ("Nom", "Optimisation de requêtes"), ("Code", "OPT"), ("Semestre", "1"), ("Ects", "2,5"), ("Cours", $"{sql}"), ("Version", "2")));
        await ChangeAsync("/etudes/matieres", "Requêtes optimales", () => bursar.PostAsync(opt, ("Nom", "Requêtes optimales"), ("Code", "OPT"), ("Semestre", "1"), ("Ects", "2,5"), ("Cours", $"{sql}"), ("Version", "3")));
        await bursar.PostAsync(opt, ("Nom", "Requêtes optimales"), ("Code", "OPT"), ("Semestre", "1"), ("Ects", "2,5"), ("Version", "4"));
        Assert.DoesNotContain("Requêtes optimales", WebUtility.HtmlDecode((await client.AskAsync("/cours/sql")).Text), StringComparison.Ordinal);
        await ChangeAsync(Cast.Programme, "SQL pour tous", () => cast.Host.WithDbAsync(async db =>
        {
            var course = await db.Courses.SingleAsync();
            course.Describe("SQL pour tous", "", course.Level, 1);
            await db.SaveChangesAsync();
        }));
        await ChangeAsync("/sitemap.xml", "/etudes/universite-de-brest", async () =>
        {
            var preview = await bursar.UploadAsync("/admin/etudes/import", "fichier", [("etudes.csv", "university_code,university,town\nUBO,Université de Brest,Brest"u8.ToArray())]);
            await ConfirmAsync(preview);
        });

        async Task ChangeAsync(string path, string text, Func<Task> change)
        {
            Assert.DoesNotContain(text, WebUtility.HtmlDecode((await client.AskAsync(path)).Text), StringComparison.Ordinal);
            Assert.True((await client.AskAsync(path)).Hit, path);
            await change();
            Assert.Contains(text, WebUtility.HtmlDecode((await client.AskAsync(path)).Text), StringComparison.Ordinal);
        }

        string IdOf(string address) => address[(address.LastIndexOf('/') + 1)..];
    }

    [Fact]
    public async Task A_form_with_faults_says_what_to_do_and_keeps_what_was_typed()
    {
        var answer = await bursar.PostAsync("/admin/etudes/universites", ("Nom", "  "), ("Code", "pas un code"), ("Ville", "Évry"), ("Site", "javascript:alert(1)"));
        var text = WebUtility.HtmlDecode(answer.Text);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(3, FaultLine().Count(answer.Text));
        Assert.Contains("value=\"Évry\"", text, StringComparison.Ordinal);
        Assert.Contains("value=\"pas un code\"", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.PostAsync("/admin/etudes/universites", ("Nom", "Lille bis"), ("Code", "ulille"), ("Ville", "Lille"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bursar.PostAsync("/admin/etudes/filieres", ("Nom", "Sans parent"), ("Code", "X"), ("Niveau", "but"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bursar.AskAsync("/admin/etudes/licornes/nouveau")).Status);
        Assert.Equal(1, await cast.Host.WithDbAsync(db => db.Universities.CountAsync()));
    }

    [Fact]
    public async Task Who_comes_second_learns_who_changed_what_and_may_replace_it_knowingly()
    {
        (string, string)[] Form(string town, int version) => [("Nom", "Université de Lille"), ("Code", "ULILLE"), ("Ville", town), ("Version", $"{version}")];
        Assert.Equal(HttpStatusCode.Redirect, (await bursar.PostAsync(Lille, Form("Roubaix", 1))).Status);
        var late = await bursar.PostAsync(Lille, Form("Tourcoing", 1));
        var text = WebUtility.HtmlDecode(late.Text);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains($"{Cast.Bursar} a modifié cette fiche", text, StringComparison.Ordinal);
        Assert.Contains("<dd>Roubaix</dd>", text, StringComparison.Ordinal);
        Assert.Contains("value=\"Tourcoing\"", text, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"2\"", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await bursar.PostAsync(Lille, Form("Tourcoing", 2))).Status);
        // Nothing changed, so that nobody did.
        await bursar.PostAsync(Lille, Form("Tourcoing", 3));
        Assert.Equal((3, 2), await cast.Host.WithDbAsync(async db => ((await db.Universities.SingleAsync()).Version, await db.AuditEntries.CountAsync(e => e.Act == AuditAct.StudyChanged))));
    }

    [Fact]
    public async Task What_others_hang_on_goes_only_when_somebody_has_counted_it()
    {
        using var visitor = cast.Visitor();
        Assert.Contains("Où cela mène", WebUtility.HtmlDecode((await visitor.AskAsync("/cours/sql")).Text), StringComparison.Ordinal);
        Assert.Contains("Écrivez 3", WebUtility.HtmlDecode((await bursar.AskAsync(Lille + "/suppression")).Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.PostAsync(Lille + "/suppression", ("version", "1"), ("nombre", "2"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await bursar.PostAsync(Lille + "/suppression", ("version", "7"), ("nombre", "3"))).Status);
        Assert.Equal("/admin/etudes", (await bursar.PostAsync(Lille + "/suppression", ("version", "1"), ("nombre", "3"))).Header("Location"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync(Cast.University)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync(Cast.Programme)).Status);
        Assert.DoesNotContain("Où cela mène", WebUtility.HtmlDecode((await visitor.AskAsync("/cours/sql")).Text), StringComparison.Ordinal);
        Assert.Equal(0, await cast.Host.WithDbAsync(db => db.Subjects.CountAsync()));
        Assert.Equal([AuditAct.StudyDeleted], await cast.Host.WithDbAsync(db => db.AuditEntries.Select(e => e.Act).ToListAsync()));
    }

    // The other university has a faculty of the same code with a programme of the same code and a subject of the same code, and one of each besides.
    [Fact]
    public async Task Two_universities_become_one_with_all_that_they_have()
    {
        var other = await cast.Host.WithDbAsync(async db =>
        {
            var university = new University(new UniversityFacts("USTL", "Lille 1", "Villeneuve-d’Ascq", ""), "lille-1");
            var programme = university.Add(new FacultyFacts("FST", "Sciences")).Add(new ProgrammeFacts("L-INFO", "Licence", StudyLevel.Licence, "", "", Illustrative: false));
            programme.Add(new SubjectFacts("BDD", "BDD", 1, 1, ""));
            programme.Add(new SubjectFacts("ALGO", "Algorithmique", 1, 6, ""));
            // Another programme, whose address the other university has already.
            university.Faculties[0].Add(new ProgrammeFacts("L-MIAGE", "Licence Informatique", StudyLevel.Licence, "", "", Illustrative: false));
            university.Add(new FacultyFacts("IUT", "IUT")).Add(new ProgrammeFacts("BUT", "BUT Informatique", StudyLevel.But, "", "", Illustrative: false)).Add(new SubjectFacts("R1", "Développement", 1, 4, ""));
            db.Add(university);
            await db.SaveChangesAsync();
            return university.Id;
        });
        var merge = $"/admin/etudes/universites/{other}/fusion";

        var itself = await bursar.AskAsync($"{merge}?avec={other}");
        Assert.Equal(HttpStatusCode.BadRequest, itself.Status);
        Assert.Contains("avec elle-même", WebUtility.HtmlDecode(itself.Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.PostAsync(merge, ("avec", $"{other}"), ("version", "1"), ("autre", "1"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.PostAsync(merge, ("avec", "99999"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await bursar.PostAsync(merge, ("avec", $"{cast.UniversityId}"), ("version", "1"), ("autre", "9"))).Status);

        var plan = WebUtility.HtmlDecode((await bursar.AskAsync($"{merge}?avec={cast.UniversityId}")).Text);
        Assert.Contains("Algorithmique", plan, StringComparison.Ordinal);
        Assert.Contains("« Sciences » dans « Faculté des sciences »".Replace("« ", "«\u00a0", StringComparison.Ordinal).Replace(" »", "\u00a0»", StringComparison.Ordinal), plan, StringComparison.Ordinal);
        // Shown, not done.
        Assert.Equal(2, await cast.Host.WithDbAsync(db => db.Universities.CountAsync()));

        Assert.Equal($"{Lille}?enregistre=true", (await bursar.PostAsync(merge, ("avec", $"{cast.UniversityId}"), ("version", "1"), ("autre", "1"))).Header("Location"));
        var all = await cast.Host.WithDbAsync(async db => (await db.StudyProgrammes.OrderBy(p => p.Code).Select(p => new { p.University.Code, Faculty = p.Faculty.Code, Programme = p.Code, p.Slug, Subjects = p.Subjects.OrderBy(s => s.Code).Select(s => $"{s.Code} {s.Name}").ToList() }).ToListAsync())
            .ConvertAll(p => $"{p.Code} {p.Faculty} {p.Programme} {p.Slug}: {string.Join(", ", p.Subjects)}"));
        Assert.Equal(
            ["ULILLE IUT BUT but-informatique: R1 Développement", "ULILLE FST L-INFO licence-informatique: ALGO Algorithmique, BDD Bases de données", "ULILLE FST L-MIAGE licence-informatique-2: "], all);
        Assert.Equal((1, 2), await cast.Host.WithDbAsync(async db => (await db.Universities.CountAsync(), await db.Faculties.CountAsync())));

        using var visitor = cast.Visitor();
        (string Former, string Present)[] addresses =
        [
            ("/etudes/lille-1", Cast.University), ("/etudes/lille-1/licence", Cast.Programme), ("/etudes/lille-1/licence-informatique", Cast.Programme + "-2"),
            ("/etudes/lille-1/but-informatique", Cast.University + "/but-informatique"),
        ];
        foreach (var (former, present) in addresses)
        {
            var answer = await visitor.AskAsync(former);
            Assert.Equal((former, HttpStatusCode.Redirect, present), (former, answer.Status, answer.Header("Location")));
            Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync(present)).Status);
        }

        // An address that was left is nobody else's, and one that led to what is lost leads on.
        await bursar.PostAsync("/admin/etudes/universites", ("Nom", "Lille 1"), ("Code", "L1"), ("Ville", "Lille"));
        var third = await IdAsync(StudyKind.University, "L1");
        Assert.Equal("lille-1-2", await cast.Host.WithDbAsync(db => db.Universities.Where(u => u.Id == third).Select(u => u.Slug).SingleAsync()));
        await bursar.PostAsync($"{Lille}/fusion", ("avec", $"{third}"), ("version", "2"), ("autre", "2"));
        Assert.Equal("/etudes/lille-1-2", (await visitor.AskAsync("/etudes/lille-1")).Header("Location"));
        Assert.Equal("/etudes/lille-1-2/licence-informatique", (await visitor.AskAsync("/etudes/lille-1/licence")).Header("Location"));
        Assert.Equal("/etudes/lille-1-2/licence-informatique", (await visitor.AskAsync(Cast.Programme)).Header("Location"));
    }

    [Fact]
    public async Task Faculties_programmes_and_subjects_merge_with_what_stands_beside_them()
    {
        var ids = await cast.Host.WithDbAsync(async db =>
        {
            var university = await db.Universities.Include(u => u.Faculties).ThenInclude(f => f.Programmes).ThenInclude(p => p.Subjects).SingleAsync();
            var faculty = university.Add(new FacultyFacts("SCI", "Sciences bis"));
            var programme = faculty.Add(new ProgrammeFacts("LIC", "Licence bis", StudyLevel.Licence, "", "", Illustrative: false));
            var subject = programme.Add(new SubjectFacts("SQL", "SQL", 1, 3, ""));
            subject.LeadFrom([await db.Courses.SingleAsync()]);
            var known = university.Faculties[0];
            await db.SaveChangesAsync();
            return (Faculty: faculty.Id, Programme: programme.Id, Subject: subject.Id, Into: (Faculty: known.Id, Programme: known.Programmes[0].Id, Subject: known.Programmes[0].Subjects[0].Id));
        });
        // A subject of another programme is another subject.
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.PostAsync($"/admin/etudes/matieres/{ids.Subject}/fusion", ("avec", $"{ids.Into.Subject}"), ("version", "1"), ("autre", "1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await bursar.PostAsync($"/admin/etudes/composantes/{ids.Faculty}/fusion", ("avec", $"{ids.Into.Faculty}"), ("version", "1"), ("autre", "1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await bursar.PostAsync($"/admin/etudes/filieres/{ids.Programme}/fusion", ("avec", $"{ids.Into.Programme}"), ("version", "1"), ("autre", "1"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await bursar.PostAsync($"/admin/etudes/matieres/{ids.Into.Subject}/fusion", ("avec", $"{ids.Subject}"), ("version", "1"), ("autre", "1"))).Status);
        Assert.Equal((1, 1, "SQL", 1), await cast.Host.WithDbAsync(async db => (await db.Faculties.CountAsync(), await db.StudyProgrammes.CountAsync(), await db.Subjects.Select(s => s.Code).SingleAsync(), await db.SubjectCourses.CountAsync())));
        using var visitor = cast.Visitor();
        Assert.Equal(Cast.Programme, (await visitor.AskAsync($"{Cast.University}/licence-bis")).Header("Location"));
    }

    [Fact]
    public async Task An_import_does_what_was_shown_or_asks_again()
    {
        const string file = "university_code;university;town\nUBO;Université de Brest;Brest\nULILLE;Université de Lille;Roubaix\n?;Sans code;Paris\n";
        var preview = await bursar.UploadAsync("/admin/etudes/import", "fichier", [("études.csv", Encoding.Latin1.GetBytes(file))]);
        var text = WebUtility.HtmlDecode(preview.Text);
        Assert.Equal(HttpStatusCode.OK, preview.Status);
        foreach (var shown in new[] { "Université de Brest", "<td>Lille</td><td>Roubaix</td>", "university_code" }) Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.Equal(1, await cast.Host.WithDbAsync(db => db.Universities.CountAsync()));

        // Somebody else has changed the catalogue since.
        await bursar.PostAsync(Lille, ("Nom", "Université de Lille"), ("Code", "ULILLE"), ("Ville", "Tourcoing"), ("Version", "1"));
        var again = await ConfirmAsync(preview);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("<td>Tourcoing</td><td>Roubaix</td>", WebUtility.HtmlDecode(again.Text), StringComparison.Ordinal);

        Assert.Equal("/admin/etudes?nouveaux=1&changes=1", (await ConfirmAsync(again)).Header("Location"));
        Assert.Equal(["Brest", "Roubaix"], await cast.Host.WithDbAsync(db => db.Universities.OrderBy(u => u.Town).Select(u => u.Town).ToListAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.UploadAsync("/admin/etudes/import", "fichier", [("page.html", "<html>"u8.ToArray())])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await bursar.UploadAsync("/admin/etudes/import", "fichier", [("gros.csv", new byte[3_000_000])])).Status);

        var export = await bursar.AskAsync("/admin/etudes/export.csv");
        Assert.Equal("text/csv; charset=utf-8", export.Header("Content-Type"));
        Assert.Contains("ULILLE;Université de Lille;Roubaix;", export.Text, StringComparison.Ordinal);
    }

    Task<Answer> ConfirmAsync(Answer preview)
    {
        return bursar.PostAsync("/admin/etudes/import/validation", ("contenu", Hidden("contenu")), ("empreinte", Hidden("empreinte")));

        string Hidden(string name) => WebUtility.HtmlDecode(HiddenField().Matches(preview.Text).Single(field => field.Groups["name"].Value == name).Groups["value"].Value);
    }

    async Task<int> IdAsync(StudyKind kind, string code) => await cast.Host.WithDbAsync(db => (kind switch
    {
        StudyKind.University => db.Universities.Where(i => i.Code == code).Select(i => i.Id),
        StudyKind.Faculty => db.Faculties.Where(i => i.Code == code).Select(i => i.Id),
        StudyKind.Programme => db.StudyProgrammes.Where(i => i.Code == code).Select(i => i.Id),
        StudyKind.Subject => db.Subjects.Where(i => i.Code == code).Select(i => i.Id),
    }).SingleAsync());

    [GeneratedRegex("""<input type="hidden" name="(?<name>\w+)" value="(?<value>[^"]*)">""", RegexOptions.ExplicitCapture)]
    private static partial Regex HiddenField();

    [GeneratedRegex("""class="fault" """)]
    private static partial Regex FaultLine();
}
