using Microsoft.Playwright;
using NsiPortal.Support;
using static Microsoft.Playwright.Assertions;

namespace NsiPortal.Browser;

/// <summary>What the reader of a page sees while the database does not answer.</summary>
public sealed class NoticeTests(BrowserFixture browser) : IAsyncLifetime
{
    const string Chapter = "/cours/bases-de-donnees-et-sql/jointures";

    readonly SilentDatabase database = new();
    PortalHost host = null!;

    public async ValueTask InitializeAsync() => host = await PortalHost.StartAsync(withDemo: true, adjust: database.Adjust);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory(Timeout = 120_000)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_stands_above_a_page_that_may_be_out_of_date_and_ends_with_the_silence(ColorScheme scheme)
    {
        await using var visit = await browser.VisitAsync(new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce }, host);
        var asked = new List<string>();
        visit.Page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await visit.OpenAsync(Chapter);
        await Expect(Notice(visit)).ToHaveCountAsync(0);

        await database.FallSilentAsync(host);
        await visit.OpenAsync(Chapter);
        await Expect(Notice(visit)).ToContainTextAsync("La base de données ne répond pas");
        Assert.Empty(await visit.Page.AxeFaultsAsync());
        await visit.Page.GotoAsync("/etat");
        Assert.Empty(await visit.Page.AxeFaultsAsync());

        await database.AnswerAsync(host);
        asked.Clear();
        await visit.OpenAsync(Chapter);
        await visit.OpenAsync(Chapter);
        await Expect(Notice(visit)).ToHaveCountAsync(0);
        // A page that is vouched for does not even ask.
        Assert.DoesNotContain("/js/notice.js", asked);
        Assert.DoesNotContain("/etat/avis", asked);
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    [Fact(Timeout = 120_000)]
    public async Task It_is_closed_from_the_keyboard_and_is_not_printed()
    {
        await using var visit = await browser.VisitAsync(other: host);
        await visit.OpenAsync("/cours");
        await database.FallSilentAsync(host);
        await visit.OpenAsync("/cours");
        var close = Notice(visit).GetByRole(AriaRole.Button, new() { Name = "Fermer l’avis" });

        await Expect(close).ToBeVisibleAsync();
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Expect(close).ToBeHiddenAsync();
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });

        await close.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(Notice(visit)).ToHaveCountAsync(0);
        Assert.Equal("p-main", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        visit.Passed();
    }

    static ILocator Notice(Visit visit) => visit.Page.Locator(".notice[role=status]");
}
