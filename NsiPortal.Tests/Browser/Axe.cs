using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace NsiPortal.Browser;

/// <summary>The accessibility rules, asked in the page itself and told as lines: to bring out all that is in order as well takes a minute on a long chapter.</summary>
static class Axe
{
    static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>The rules whose answer depends on the theme: the same page in the other one need be asked no more.</summary>
    public static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    /// <param name="page">The page that is open.</param>
    /// <param name="rules">Those that are asked; all where none is named.</param>
    /// <returns>Nothing when all is in order: the rule, the element and the reason of each fault. What is folded is judged too.</returns>
    public static async Task<IReadOnlyList<string>> AxeFaultsAsync(this IPage page, params string[] rules)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async rules => {
                for (const fold of document.querySelectorAll('details')) fold.open = true;
                const { violations, passes } = await axe.run(document, { resultTypes: ['violations'], ...(rules.length ? { runOnly: rules } : {}) });
                if (passes.length === 0) throw new Error('no rule was met, so none was tried');
                return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
                    `${location.pathname}: ${id}: ${html} ${[...any, ...all, ...none].map(check => check.message).join(' ')}`));
            }
            """, rules);
    }
}
