using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace NsiPortal.Browser;

/// <summary>The accessibility rules, asked in the page itself and told as lines: to bring out all that is in order as well takes a minute on a long chapter.</summary>
static class Axe
{
    static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <returns>Nothing when all is in order: the rule, the element and the reason of each fault. What is folded is judged too.</returns>
    public static async Task<IReadOnlyList<string>> AxeFaultsAsync(this IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async () => {
                for (const fold of document.querySelectorAll('details')) fold.open = true;
                const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
                if (passes.length === 0) throw new Error('no rule was met, so none was tried');
                return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
                    `${location.pathname}: ${id}: ${html} ${[...any, ...all, ...none].map(check => check.message).join(' ')}`));
            }
            """);
    }
}
