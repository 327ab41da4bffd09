using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Support;

namespace NsiPortal.Architecture;

/// <summary>Who may do what: every action of the portal, as each kind of reader gets it.</summary>
public sealed partial class PermissionTests
{
    /// <summary>To the form to sign in.</summary>
    const string SignIn = "/connexion";

    // Zoé is in the class of Mme Hopper that the routes are about, Oscar and M. Turing are of another, and the bursar administers. 400 is a form that was
    // let in and found empty. The last rows change what the others need.
    static readonly Row[] Table =
    [
        //                                                                              visitor    Zoé        Oscar      Hopper     Turing     bursar
        new("GET /", ForAll("200")),
        new("GET /cours", ForAll("200")),
        new("GET /cours/{course}", ForAll("200")),
        new("GET /cours/{course}/{chapter}", ForAll("200")),
        new("GET /cours/{course}/fichiers/{name}", ForAll("200")),
        new("GET /cours/{course}/glossaire", ForAll("200")),
        new("GET /cours/{course}/{chapter}/exercices/{number:int}", ForAll("200")),
        new("GET /badges", ForAll("200")),
        new("GET /classement", ForAll("200")),
        new("GET /recherche", ForAll("200")),
        new("GET /donnees", ForAll("200")),
        new("GET /langue/{language}", ForAll("/")),
        new("GET /robots.txt", ForAll("200")),
        new("GET /sitemap.xml", ForAll("200")),
        new("GET /programme", ForAll("200")),
        new("GET /programme/{code}", ForAll("200")),
        new("GET /etudes", ForAll("200")),
        new("GET /etudes/matieres", ForAll("200")),
        new("GET /etudes/{university}", ForAll("200")),
        new("GET /etudes/{university}/{programme}", ForAll("200")),
        new("GET /etat", ForAll("200")),
        new("GET /etat/avis", ForAll("200")),
        new("GET /erreur/{code:int}", ForAll("404")),

        new("GET /cours/{course}/{chapter}/exercices/{number:int}/reponse", ForAll("200")),
        new("POST /cours/{course}/{chapter}/exercices/{number:int}/reponse", ForAll("400")),
        new("POST /cours/{course}/{chapter}/exercices/{number:int}/indice", ForAll("200")),
        new("POST /cours/{course}/{chapter}/exercices/{number:int}/brouillon", SignedIn("401", "204")),

        new("GET /moi", SignedIn(SignIn, "200")),
        new("GET /moi/statistiques", SignedIn(SignIn, "200")),
        new("GET /moi/tentatives", SignedIn(SignIn, "200")),
        new("GET /moi/badges", SignedIn(SignIn, "200")),
        new("GET /moi/en-tete", SignedIn(SignIn, "200")),
        new("GET /moi/rang", SignedIn(SignIn, "200")),
        new("GET /moi/progression/{course}/{chapter}", SignedIn(SignIn, "200")),
        new("GET /moi/progression/{course}/{chapter}/partie", SignedIn(SignIn, "200")),
        new("GET /classement/ligue", SignedIn(SignIn, "200")),

        new("GET /connexion", SignedIn("200", "/moi")),
        new("POST /connexion", ForAll("400")),
        new("GET /inscription", SignedIn("200", "/rejoindre")),
        new("POST /inscription", ForAll("400")),
        new("GET /rejoindre", SignedIn(SignIn, "200")),
        new("POST /rejoindre", SignedIn("401", "400")),
        new("GET /mot-de-passe", SignedIn(SignIn, "200")),
        new("POST /mot-de-passe", SignedIn("401", "400")),
        new("GET /profil", SignedIn(SignIn, "200")),
        new("POST /profil", SignedIn("401", "400")),
        new("GET /profil/export.json", SignedIn(SignIn, "200")),
        new("GET /profil/suppression", SignedIn(SignIn, "200")),
        new("POST /profil/suppression", SignedIn("401", "400")),
        new("GET /profil/supprime", ForAll("200")),

        new("GET /classes/{class:int}/classement",                                     [SignIn,   "200",     "403",     "200",     "403",     "403"]),
        new("GET /prof/classes",                                                       [SignIn,   "403",     "403",     "200",     "200",     "200"]),
        new("POST /prof/classes",                                                      ["401",    "403",     "403",     "400",     "400",     "400"]),
        new("GET /prof/classes/{id:int}",                                               [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/affiche",                                       [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/qr.svg",                                        [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/reglages",                                      [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/liste",                                         [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/travail",                                       [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/grille",                                        [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/notes",                                         [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/notes.csv",                                     [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/corrections",                                   [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/a-noter",                                       [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/a-noter/{attemptId:long}",                      [SignIn,   "403",     "403",     "404",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/eleves/{userId:int}/mot-de-passe",              [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("GET /prof/classes/{id:int}/eleves/{userId:int}/retrait",                   [SignIn,   "403",     "403",     "200",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/reglages",                                     ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/code",                                         ["401",    "403",     "403",     "/prof",   "404",     "404"]),
        new("POST /prof/classes/{id:int}/professeurs",                                  ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/professeurs/{userId:int}/retrait",             ["401",    "403",     "403",     "404",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/proprietaire",                                 ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/liste",                                        ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/liste/comptes",                                ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/travail/cours",                                ["401",    "403",     "403",     "/prof",   "404",     "404"]),
        new("POST /prof/classes/{id:int}/travail/echeances",                            ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/travail/echeances/{chapterId:int}/retrait",    ["401",    "403",     "403",     "404",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/corrections",                                  ["401",    "403",     "403",     "400",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/corrections/retrait",                          ["401",    "403",     "403",     "/prof",   "404",     "404"]),
        new("POST /prof/classes/{id:int}/a-noter/{attemptId:long}",                     ["401",    "403",     "403",     "404",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/eleves/{userId:int}/mot-de-passe",             ["401",    "403",     "403",     "200",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/billets",                                      ["401",    "403",     "403",     "200",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/retour",                                       ["401",    "403",     "403",     "404",     "404",     "404"]),
        new("POST /prof/classes/{id:int}/archive",                                      ["401",    "403",     "403",     "/prof",   "404",     "404"]),
        new("POST /prof/classes/{id:int}/eleves/{userId:int}/retrait",                  ["401",    "403",     "403",     "/prof",   "404",     "404"]),

        // Mme Hopper wrote the course, and the bursar may write any.
        new("GET /prof/cours",                                                          [SignIn, "403", "403", "200", "200", "200"]),
        new("POST /prof/cours",                                                         ["401", "403", "403", "400", "400", "400"]),
        new("GET /prof/corbeille",                                                      [SignIn, "403", "403", "200", "200", "200"]),
        new("GET /prof/cours/{courseId:int}",                                           [SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}",                                          ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/chapitres",                                ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/ordre",                                    ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/auteurs",                                  ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/auteurs/{userId:int}/retrait",             ["401", "403", "403", "409", "404", "409"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}",                 [SignIn, "403", "403", "200", "404", "200"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/eleve",           [SignIn, "403", "403", "200", "404", "200"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/revisions",       [SignIn, "403", "403", "200", "404", "200"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/revisions/{number:int}",[SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/brouillon",      ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/apercu",         ["401", "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/publication",    ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/programmation",  ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/revisions/{number:int}/reprise",["401", "403", "403", "/prof", "404", "409"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/abandon",        ["401", "403", "403", "409", "404", "409"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/adresse",        ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/copie",          ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/deplacement",    ["401", "403", "403", "404", "404", "404"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/deprogrammation",["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/depublication",  ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/programmation",                            ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/deprogrammation",                          ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/depublication",                            ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/archive",                                  ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/desarchive",                               ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/publication",                              ["401", "403", "403", "/prof", "404", "/prof"]),
        new("GET /prof/cours/{courseId:int}/fichiers", [SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/fichiers", ["401", "403", "403", "400", "404", "400"]),
        new("GET /prof/cours/{courseId:int}/fichiers/{name}", [SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/fichiers/{name}/remplacement", ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/fichiers/{name}/texte", ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/fichiers/{name}/suppression", ["401", "403", "403", "/prof", "404", "404"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices", [SignIn, "403", "403", "200", "404", "200"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/nouveau/{kind}", [SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/nouveau/{kind}", ["401", "403", "403", "400", "404", "400"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}", [SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}", ["401", "403", "403", "400", "404", "400"]),
        new("GET /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}/source", [SignIn, "403", "403", "200", "404", "200"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}/source", ["401", "403", "403", "400", "404", "400"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}/place", ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}/retrait", ["401", "403", "403", "/prof", "404", "/prof"]),
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices/{exercise:int}/retour", ["401", "403", "403", "/prof", "404", "/prof"]),
        // Whoever comes second finds nothing left to do.
        new("POST /prof/cours/{courseId:int}/chapitres/{chapterId:int}/suppression",    ["401", "403", "403", "/prof", "404", "404"]),
        new("POST /prof/corbeille/chapitres/{chapterId:int}",                           ["401", "403", "403", "/prof", "404", "404"]),
        new("POST /prof/cours/{courseId:int}/suppression",                              ["401", "403", "403", "/prof", "404", "404"]),
        new("POST /prof/corbeille/cours/{courseId:int}",                                ["401", "403", "403", "/prof", "404", "404"]),

        new("GET /admin", ForAdministrators("200")),
        new("GET /admin/actualisation", ForAdministrators("200")),
        new("POST /admin/actualisation", ForAdministrators("/admin", "401")),
        new("GET /admin/journal", ForAdministrators("200")),
        new("GET /admin/cache", ForAdministrators("200")),
        new("GET /admin/cache/oubli", ForAdministrators("400")),
        new("POST /admin/cache/oubli", ForAdministrators("400", "401")),
        new("GET /admin/cache/vidage", ForAdministrators("200")),
        new("POST /admin/cache/vidage", ForAdministrators("/admin", "401")),
        new("GET /admin/utilisateurs", ForAdministrators("200")),
        new("GET /admin/utilisateurs/{userId:int}", ForAdministrators("200")),
        new("POST /admin/utilisateurs/{userId:int}/role", ForAdministrators("400", "401")),
        new("POST /admin/utilisateurs/{userId:int}/mot-de-passe", ForAdministrators("200", "401")),
        new("POST /admin/utilisateurs/{userId:int}/deconnexion", ForAdministrators("/admin", "401")),
        new("POST /admin/utilisateurs/{userId:int}/desactivation", ForAdministrators("/admin", "401")),
        new("POST /admin/utilisateurs/{userId:int}/reactivation", ForAdministrators("/admin", "401")),

        new("GET /admin/etudes", ForAdministrators("200")),
        new("GET /admin/etudes/export.csv", ForAdministrators("200")),
        new("GET /admin/etudes/import", ForAdministrators("200")),
        new("POST /admin/etudes/import", ForAdministrators("400", "401")),
        new("POST /admin/etudes/import/validation", ForAdministrators("400", "401")),
        new("GET /admin/etudes/{kind}/nouveau", ForAdministrators("200")),
        new("POST /admin/etudes/{kind}", ForAdministrators("400", "401")),
        new("GET /admin/etudes/{kind}/{id:int}", ForAdministrators("200")),
        new("POST /admin/etudes/{kind}/{id:int}", ForAdministrators("409", "401")),
        new("GET /admin/etudes/{kind}/{id:int}/suppression", ForAdministrators("200")),
        new("POST /admin/etudes/{kind}/{id:int}/suppression", ForAdministrators("409", "401")),
        new("GET /admin/etudes/{kind}/{id:int}/fusion", ForAdministrators("200")),
        new("POST /admin/etudes/{kind}/{id:int}/fusion", ForAdministrators("400", "401")),

        new("GET /deconnexion", SignedIn("/", "200")),
        new("POST /deconnexion", ForAll("/")),
    ];

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_every_route_is_in_it()
    {
        await using var cast = await new Cast().StartAsync();
        Assert.Equal(Actions(cast.Host).Select(action => action.Route).Order(StringComparer.Ordinal), Table.Select(row => row.Route).Order(StringComparer.Ordinal));

        Person[] readers = [cast.Visitor(), await cast.SignInAsync(Cast.Zoe), await cast.SignInAsync(Cast.Oscar), await cast.SignInAsync(Cast.Hopper), await cast.SignInAsync(Cast.Turing), await cast.SignInAsync(Cast.Bursar)];
        string[] names = ["visitor", Cast.Zoe, Cast.Oscar, Cast.Hopper, Cast.Turing, Cast.Bursar];
        var wrong = new List<string>();
        foreach (var row in Table)
        {
            for (var i = 0; i < readers.Length; i++)
            {
                // Whoever signs out goes on.
                using var reader = readers[i].Again();
                var path = PathOf(row.Route, cast);
                var answer = row.Route.StartsWith("GET", StringComparison.Ordinal) ? await reader.AskAsync(path) : await reader.PostAsync(path);
                if (!Is(answer, row.Expected[i])) wrong.Add($"{row.Route} for {names[i]}: {(int)answer.Status} {answer.Header("Location")} instead of {row.Expected[i]}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        foreach (var reader in readers) reader.Dispose();
    }

    [Fact]
    public async Task Every_page_has_a_title_of_its_own()
    {
        await using var cast = await new Cast().StartAsync();
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        var home = Title().Match((await hopper.AskAsync("/")).Text).Value;
        var named = new List<string>();
        foreach (var route in Table.Select(row => row.Route).Where(route => route.StartsWith("GET", StringComparison.Ordinal) && route != "GET /"))
        {
            using var reader = (route.Contains(" /admin", StringComparison.Ordinal) ? bursar : hopper).Again();
            // A part of a page and a file have none.
            if (await reader.AskAsync(PathOf(route, cast)) is { Status: HttpStatusCode.OK } answer && Title().Match(answer.Text) is { Success: true } title) named.Add(title.Value == home ? route : "");
        }

        Assert.True(named.Count > 60, $"{named.Count} pages were seen.");
        Assert.Equal([], named.Where(route => route != ""));
    }

    // A teacher is no exception: what can be done, another site could have done.
    [Fact]
    public async Task Nothing_is_done_without_the_token_of_a_form()
    {
        await using var cast = await new Cast().StartAsync();
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        var posts = Actions(cast.Host).Where(action => action.Route.StartsWith("POST", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(posts);
        foreach (var (route, _) in posts)
        {
            foreach (var forged in new (string, string)[][] { [], [("__RequestVerificationToken", "CfDJ8x")] })
            {
                using var reader = (route.Contains(" /admin", StringComparison.Ordinal) ? bursar : hopper).Again();
                var answer = await reader.PostWithoutTokenAsync(PathOf(route, cast), forged);
                Assert.Equal((route, HttpStatusCode.BadRequest), (route, answer.Status));
                // Not the form again, which would have read what was sent; but for an answer, which its author must not lose.
                Assert.Contains(route.Contains("{chapter}/exercices", StringComparison.Ordinal) && !route.EndsWith("/brouillon", StringComparison.Ordinal) ? "Votre connexion a changé" : "class=\"reference\"", answer.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_token_of_one_user_is_none_of_anothers()
    {
        await using var cast = await new Cast().StartAsync();
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        await oscar.PostAsync("/rejoindre");
        (zoe.Cookies["connexion"], oscar.Cookies["connexion"]) = (oscar.Cookies["connexion"], zoe.Cookies["connexion"]);
        // Zoé's cookie with the token and the form cookie of Oscar.
        Assert.Contains("class=\"reference\"", (await oscar.PostAsync("/rejoindre")).Text, StringComparison.Ordinal);
    }

    static bool Is(Answer answer, string expected) => expected.StartsWith('/')
        ? answer.Status == HttpStatusCode.Redirect && PathOf(answer.Header("Location")!) is var path && (path == expected || (expected is "/prof" or "/admin" && path.StartsWith(expected, StringComparison.Ordinal)))
        : expected == ((int)answer.Status).ToString();

    static string PathOf(string location) => new Uri(new Uri("http://localhost"), location).AbsolutePath;

    static string PathOf(string route, Cast cast) => route[route.IndexOf('/', StringComparison.Ordinal)..]
        .Replace("nouveau/{kind}", "nouveau/qcm", StringComparison.Ordinal)
        .Replace("{kind}/{id:int}", $"universites/{cast.UniversityId}", StringComparison.Ordinal)
        .Replace("{kind}", "universites", StringComparison.Ordinal)
        .Replace("/etudes/{university}/{programme}", Cast.Programme, StringComparison.Ordinal)
        .Replace("/etudes/{university}", Cast.University, StringComparison.Ordinal)
        .Replace("{language}", "fr", StringComparison.Ordinal)
        .Replace("{course}", "sql", StringComparison.Ordinal)
        .Replace("{chapter}", "jointures", StringComparison.Ordinal)
        .Replace("{name}", "schema.svg", StringComparison.Ordinal)
        .Replace("{number:int}", "1", StringComparison.Ordinal)
        .Replace("{code:int}", "403", StringComparison.Ordinal)
        .Replace("{code}", "t-bdd-4", StringComparison.Ordinal)
        .Replace("{class:int}", $"{cast.ClassOfHopper}", StringComparison.Ordinal)
        .Replace("{id:int}", $"{cast.ClassOfHopper}", StringComparison.Ordinal)
        .Replace("{courseId:int}", $"{cast.CourseOfHopper}", StringComparison.Ordinal)
        .Replace("{chapterId:int}", $"{cast.ChapterOfHopper}", StringComparison.Ordinal)
        .Replace("{attemptId:long}", "1", StringComparison.Ordinal)
        .Replace("{exercise:int}", $"{cast.ExerciseOfHopper}", StringComparison.Ordinal)
        .Replace("{userId:int}", $"{cast.IdOf(Cast.Max)}", StringComparison.Ordinal);

    static IEnumerable<(string Route, ControllerActionDescriptor Action)> Actions(PortalHost host) =>
        from action in host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<ControllerActionDescriptor>()
        where action.ControllerTypeInfo.Assembly == typeof(Program).Assembly
        // An error is shown for whatever request it befell.
        from method in action.EndpointMetadata.OfType<IHttpMethodMetadata>().SelectMany(data => data.HttpMethods).DefaultIfEmpty("GET")
        select ($"{method} /{action.AttributeRouteInfo!.Template!.TrimStart('/')}", action);

    static string[] ForAll(string expected) => [.. Enumerable.Repeat(expected, 6)];

    static string[] SignedIn(string visitor, string others) => [visitor, .. Enumerable.Repeat(others, 5)];

    static string[] ForAdministrators(string expected, string visitor = SignIn) => [visitor, "403", "403", "403", "403", expected];

    /// <param name="Route">Method and template.</param>
    /// <param name="Expected">A status, or the path that a redirection leads to, for each reader.</param>
    sealed record Row(string Route, string[] Expected);

    [GeneratedRegex("<title>[^<]*</title>")]
    private static partial Regex Title();
}
