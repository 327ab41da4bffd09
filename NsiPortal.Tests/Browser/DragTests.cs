using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NsiPortal.Support;

namespace NsiPortal.Browser;

/// <summary>Rows are dragged with the mouse, and with a finger on a phone, where the rest of them scrolls the page.</summary>
public sealed class DragTests(BrowserFixture browser)
{
    static BrowserNewContextOptions Phone => new() { HasTouch = true, IsMobile = true, ViewportSize = new() { Width = 390, Height = 844 } };

    [Fact(Timeout = 600_000)]
    public async Task A_chapter_is_dragged_by_its_grip_with_a_finger()
    {
        await using var cast = await new Cast().StartAsync();
        await cast.Host.WithDbAsync(async db =>
        {
            var course = await db.Courses.Include(c => c.Chapters).SingleAsync(c => c.Id == cast.CourseOfHopper);
            foreach (var name in new[] { "vues", "index" }) course.AddChapter(name, name);
            await db.SaveChangesAsync();
        });
        await using var visit = await browser.VisitAsync(Phone, cast.Host);
        await visit.SignInAsync(Cast.Hopper, Cast.Password);
        await visit.OpenAsync($"/prof/cours/{cast.CourseOfHopper}");
        var (page, rows) = (visit.Page, visit.Page.Locator(".order li"));
        await Assertions.Expect(rows.Last).ToContainTextAsync("index");
        // All of them on the screen.
        await page.EvaluateAsync("document.querySelector('.order').scrollIntoView({ behavior: 'instant', block: 'start' })");

        // The grip alone keeps a finger from scrolling.
        Assert.Equal(("none", "auto"), (await TouchActionAsync(rows.Last.Locator(".grip")), await TouchActionAsync(rows.Last.Locator("a"))));
        await using (var finger = await Finger.OfAsync(page)) await finger.DragAsync(rows.Last.Locator(".grip"), toward: rows.First);
        await Assertions.Expect(rows.First).ToContainTextAsync("index");
        Assert.Equal(["index", "jointures", "vues"], await cast.Host.WithDbAsync(db => db.Chapters.Where(c => c.CourseId == cast.CourseOfHopper).OrderBy(c => c.Position).Select(c => c.Slug).ToListAsync()));
        Assert.Empty(visit.Faults);
        visit.Passed();

        static Task<string> TouchActionAsync(ILocator place) => place.EvaluateAsync<string>("element => getComputedStyle(element).touchAction");
    }

    [Theory(Timeout = 600_000)]
    [InlineData("Basile", true)]
    [InlineData("Clément", false)]
    public async Task A_line_of_code_is_dragged_with_a_finger_and_with_the_mouse(string pupil, bool finger)
    {
        await using var visit = await browser.VisitAsync(finger ? Phone : null, test: $"{nameof(A_line_of_code_is_dragged_with_a_finger_and_with_the_mouse)}{finger}");
        await visit.SignInAsync(pupil, Commands.Seeding.DemoPeople.Password);
        await visit.OpenAsync("/cours/bases-de-donnees-et-sql/sgbd/exercices/7");
        var lines = visit.Page.Locator(".parsons.enhanced > li");
        var (second, first) = (lines.Nth(1), lines.First);
        // Lines come one after the other only once they are in.
        await visit.Page.EvaluateAsync("document.querySelectorAll('.parsons li').forEach(li => { if (!li.querySelector('[data-order]').value) li.querySelector('[data-act=toggle]').click(); })");
        await visit.Page.EvaluateAsync("document.querySelector('.parsons').scrollIntoView({ behavior: 'instant', block: 'start' })");
        var moved = await second.GetAttributeAsync("data-line");
        if (finger)
        {
            await using var touch = await Finger.OfAsync(visit.Page);
            await touch.DragAsync(second.Locator(".grip"), toward: first);
        }
        else
        {
            await second.Locator("code").DragToAsync(first, new() { TargetPosition = new() { X = 60, Y = 3 } });
        }

        Assert.Equal(moved, await lines.First.GetAttributeAsync("data-line"));
        Assert.Equal("1", await lines.First.Locator("[data-order]").InputValueAsync());
        Assert.Equal(0, await visit.Page.Locator(".dragging, .dragged").CountAsync());
        Assert.Empty(visit.Faults);
        visit.Passed();
    }

    /// <summary>One that touches the screen as the system reports it, so that the browser itself decides what is a scroll.</summary>
    sealed class Finger(ICDPSession session) : IAsyncDisposable
    {
        const int Steps = 12;

        public static async Task<Finger> OfAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

        public async Task DragAsync(ILocator from, ILocator toward)
        {
            var (start, end) = ((await from.BoundingBoxAsync())!, (await toward.BoundingBoxAsync())!);
            var (x, y, last) = (start.X + (start.Width / 2), start.Y + (start.Height / 2), end.Y + 3);
            await TouchAsync("touchStart", x, y);
            for (var step = 1; step <= Steps; step++) await TouchAsync("touchMove", x, y + ((last - y) * step / Steps));
            await TouchAsync("touchEnd");
        }

        async Task TouchAsync(string type, params float[] at) => await session.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type, ["touchPoints"] = at.Length == 0 ? Array.Empty<object>() : new object[] { new Dictionary<string, object> { ["x"] = at[0], ["y"] = at[1] } },
        });

        public async ValueTask DisposeAsync() => await session.DetachAsync();
    }
}
