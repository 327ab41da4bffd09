using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Features.SignIn;

public sealed class SignUpTests(Cast cast) : IClassFixture<Cast>
{
    const string Password = "un mot qui reste";

    [Theory]
    [InlineData("Ada", Cast.Code)]
    [InlineData("Blaise", "acd-efgh")]
    [InlineData("Claude", " ACD EFGH ")]
    public async Task Whoever_has_the_code_of_a_class_comes_in_and_is_in_it(string nickname, string code)
    {
        using var visitor = cast.Visitor();
        var answer = await SignUpAsync(visitor, code, nickname);
        Assert.Equal((HttpStatusCode.Redirect, "/moi"), (answer.Status, answer.Header("Location")));
        Assert.Contains(nickname, (await visitor.AskAsync("/moi")).Text, StringComparison.Ordinal);
        Assert.True(await cast.Host.WithDbAsync(db => db.ClassMembers.AnyAsync(m => m.ClassId == cast.ClassOfHopper && m.User.Nickname == nickname && m.User.Role == Role.Student)));
    }

    [Theory]
    [InlineData("Pseudo", "déjà pris", "ZOE")]
    [InlineData("Pseudo", "déjà pris", "Z0é")]
    [InlineData("Pseudo", "déjà pris", "lntendance")]
    [InlineData("Pseudo", "déjà pris", "\u0130ntendance")]
    [InlineData("Pseudo", "lettres latines", "\u041Escar")]
    [InlineData("Pseudo", "lettres latines", "Zo\uFFFE")]
    [InlineData("Pseudo", "trop court", "z")]
    [InlineData("Pseudo", "trop long", "abcdefghijklmnopqrstuvwxyz")]
    [InlineData("Pseudo", "blesser", "c.0.n.n.a.r.d")]
    [InlineData("Code", "Aucune classe", "Denise", "ACDEFGX")]
    [InlineData("Code", "Aucune classe", "Denise", "ACDEFGHH")]
    [InlineData("Code", "Écrivez le code", "Denise", " ")]
    [InlineData("MotDePasse", "trop court", "Denise", Cast.Code, "court")]
    [InlineData("MotDePasse", "Tout le monde", "Denise", Cast.Code, "motdepasse")]
    [InlineData("MotDePasse", "contenir votre pseudo", "Denise", Cast.Code, "denise123")]
    public async Task What_is_wrong_is_told_beside_its_field_and_the_rest_stays(string field, string said, string nickname, string code = Cast.Code, string password = Password)
    {
        using var visitor = cast.Visitor();
        var answer = await SignUpAsync(visitor, code, nickname, password);
        AssertRefused(answer, field, said);
        var page = WebUtility.HtmlDecode(answer.Text);
        if (code != " ") Assert.Contains($"""name="Code" type="text" value="{code}" """.TrimEnd(), page, StringComparison.Ordinal);
        if (!nickname.Contains('\uFFFE')) Assert.Contains($"""name="Pseudo" type="text" value="{nickname}" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{password}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("connexion", visitor.Cookies.Keys);
    }

    [Fact]
    public async Task The_same_password_is_asked_for_twice()
    {
        using var visitor = cast.Visitor();
        AssertRefused(await visitor.PostAsync("/inscription", ("Code", Cast.Code), ("Pseudo", "Denise"), ("MotDePasse", Password), ("Confirmation", "un autre mot")), "Confirmation", "pas les mêmes");
    }

    [Fact]
    public async Task A_class_that_is_closed_or_full_lets_nobody_in_and_makes_no_account()
    {
        await AddClassAsync("HHHHHHH", c => c.Renew(new JoinCode("HHHHHHH"), cast.Now.AddMinutes(-1)));
        await AddClassAsync("JJJJJJJ", c => c.Limit(1));
        using var visitor = cast.Visitor();
        AssertRefused(await SignUpAsync(visitor, "HHHHHHH", "Evariste"), "Code", "n’est plus valable");
        Assert.Equal("/moi", (await SignUpAsync(visitor, "JJJJJJJ", "Fermat")).Header("Location"));
        using var second = cast.Visitor();
        AssertRefused(await SignUpAsync(second, "JJJJJJJ", "Evariste"), "Code", "complète");
        Assert.False(await ExistsAsync("Evariste"));
    }

    [Fact]
    public async Task The_last_place_is_given_once()
    {
        await AddClassAsync("KKKKKKK", c => c.Limit(1));
        var answers = await TogetherAsync(8, (person, i) => SignUpAsync(person, "KKKKKKK", $"Gaston {i}"));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Redirect), answer => AssertRefused(answer, "Code", "complète"));
        Assert.Equal(1, await cast.Host.WithDbAsync(db => db.Users.CountAsync(u => u.Nickname.StartsWith("Gaston"))));
    }

    [Fact]
    public async Task A_nickname_is_given_once()
    {
        string[] alike = ["Hypatia", "hypatia", "Hypat1a", "HYPATÏA", "hy-patia", "Hypatlà", "hypatia.", "Hy patia"];
        var answers = await TogetherAsync(alike.Length, (person, i) => SignUpAsync(person, Cast.Code, alike[i]));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Redirect), answer => AssertRefused(answer, "Pseudo", "déjà pris"));
    }

    [Fact]
    public async Task Whoever_has_an_account_joins_one_more_class_however_often_they_ask()
    {
        await AddClassAsync("LLLLLLL", _ => { });
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        Assert.Equal("/rejoindre?code=LLLLLLL", (await oscar.AskAsync("/inscription?code=LLLLLLL")).Header("Location"));
        await oscar.PostAsync("/rejoindre");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => oscar.PostAsync("/rejoindre", ("code", "lll-llll"))));
        // Who asks again before the first answer has come is in the class or told that they are.
        Assert.Contains(answers, answer => answer.Header("Location") == "/moi");
        Assert.All(answers, answer => Assert.True(answer.Header("Location") == "/moi" || SaysAlready(answer)));
        Assert.True(SaysAlready(await oscar.PostAsync("/rejoindre", ("code", "LLLLLLL"))));
        foreach (var nothing in new[] { "", "  " }) AssertRefused(await oscar.PostAsync("/rejoindre", ("code", nothing)), "code", "Tapez d’abord le code");
        AssertRefused(await oscar.PostAsync("/rejoindre", ("code", "inconnu")), "code", "Aucune classe");

        static bool SaysAlready(Answer answer) => answer.Status == HttpStatusCode.OK && WebUtility.HtmlDecode(answer.Text).Contains("Vous êtes déjà dans la classe Première.", StringComparison.Ordinal);
    }

    static Task<Answer> SignUpAsync(Person person, string code, string nickname, string password = Password) =>
        person.PostAsync("/inscription", ("Code", code), ("Pseudo", nickname), ("MotDePasse", password), ("Confirmation", password));

    static void AssertRefused(Answer answer, string field, string said)
    {
        Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{answer.Status} {answer.Header("Location")}");
        var faulty = WebUtility.HtmlDecode(answer.Text).Split("<div class=\"field faulty\">").Skip(1).ToList();
        Assert.Contains($"for=\"f-{field.ToLowerInvariant()}\"", Assert.Single(faulty), StringComparison.Ordinal);
        Assert.Contains(said, faulty[0], StringComparison.Ordinal);
    }

    async Task<Answer[]> TogetherAsync(int count, Func<Person, int, Task<Answer>> act)
    {
        var people = Enumerable.Range(0, count).Select(_ => cast.Visitor()).ToList();
        // Each has its token, so that all send at the same time.
        await Task.WhenAll(people.Select(person => person.PostAsync("/inscription")));
        var answers = await Task.WhenAll(people.Select(act));
        people.ForEach(person => person.Dispose());
        return answers;
    }

    Task<int> AddClassAsync(string code, Action<SchoolClass> adjust) => cast.Host.WithDbAsync(db =>
    {
        var added = new SchoolClass("Première", cast.IdOf(Cast.Turing), new JoinCode(code), cast.Now);
        adjust(added);
        db.Add(added);
        return db.SaveChangesAsync();
    });

    Task<bool> ExistsAsync(string nickname) => cast.Host.WithDbAsync(db => db.Users.AnyAsync(u => u.Nickname == nickname));
}
