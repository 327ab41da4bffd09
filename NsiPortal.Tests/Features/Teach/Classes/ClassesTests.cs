using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

public sealed class ClassesTests(Cast cast) : IClassFixture<Cast>
{
    [Theory]
    [InlineData("  Terminale G3 ", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("Première\u0000", false)]
    [InlineData("Première\u001B[31m", false)]
    [InlineData("Une classe dont le nom est beaucoup trop long pour tenir où que ce soit", false)]
    public async Task A_class_has_a_name_that_can_be_kept_and_shown(string name, bool made)
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var answer = await turing.PostAsync("/prof/classes", ("nom", name));
        Assert.Equal(made ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, answer.Status);
        if (!made) return;
        var page = await turing.AskAsync(answer.Header("Location")!);
        Assert.Contains(name.Trim(), WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_code_replaces_the_former_and_a_closed_class_lets_nobody_in()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var former = await CodeAsync();
        await turing.PostAsync($"/prof/classes/{cast.ClassOfTuring}/code");
        var present = await CodeAsync();
        Assert.Contains("Aucune classe", await JoinAsync(former), StringComparison.Ordinal);
        Assert.Equal("", await JoinAsync(present));
        await turing.PostAsync($"/prof/classes/{cast.ClassOfTuring}/code", ("fermer", "true"));
        Assert.Contains("Aucune classe", await JoinAsync(present), StringComparison.Ordinal);
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Contains("n’est plus valable", WebUtility.HtmlDecode((await hopper.PostAsync("/rejoindre", ("code", await CodeAsync()))).Text), StringComparison.Ordinal);

        Task<string> CodeAsync() => cast.Host.WithDbAsync(db => db.Classes.Where(c => c.Id == cast.ClassOfTuring).Select(c => c.Code).SingleAsync());

        async Task<string> JoinAsync(string code)
        {
            using var zoe = await cast.SignInAsync(Cast.Zoe);
            return WebUtility.HtmlDecode((await zoe.PostAsync("/rejoindre", ("code", code))).Text);
        }
    }

    // A pupil's password is the teacher's to give; a colleague's is not, whatever class they joined.
    [Fact]
    public async Task A_teacher_gives_passwords_to_pupils_of_theirs_alone()
    {
        await cast.Host.WithDbAsync(async db =>
        {
            db.Add(new ClassMember(await db.Classes.SingleAsync(c => c.Id == cast.ClassOfHopper), await db.Users.SingleAsync(u => u.Nickname == Cast.Bursar), cast.Now));
            await db.SaveChangesAsync();
        });
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Equal(HttpStatusCode.Forbidden, (await ResetAsync(cast.ClassOfHopper, Cast.Bursar)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ResetAsync(cast.ClassOfHopper, Cast.Oscar)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ResetAsync(cast.ClassOfTuring, Cast.Oscar)).Status);
        var slip = await ResetAsync(cast.ClassOfHopper, Cast.Max);
        Assert.Equal((HttpStatusCode.OK, "no-store"), (slip.Status, slip.Header("Cache-Control")));
        foreach (var nickname in new[] { Cast.Bursar, Cast.Oscar }) (await cast.SignInAsync(nickname)).Dispose();

        Task<Answer> ResetAsync(int classId, string nickname) => hopper.PostAsync($"/prof/classes/{classId}/eleves/{cast.IdOf(nickname)}/mot-de-passe");
    }
}
