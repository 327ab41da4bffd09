using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace NsiPortal.Browser;

/// <summary>The accessibility rules, asked in the page itself and told as lines: to bring out all that is in order as well takes a minute on a long chapter.</summary>
static class Axe
{
    static readonly string Script = new BundledAxeScriptProvider().GetScript();

    const string Links = "link-in-text-block";

    /// <summary>The rules whose answer depends on the theme: the same page in the other one need be asked no more.</summary>
    public static readonly string[] Colours = ["color-contrast", Links];

    /// <param name="page">The page that is open.</param>
    /// <param name="rules">Those that are asked; all where none is named.</param>
    /// <returns>Nothing when all is in order: the rule, the element and the reason of each fault. What is folded is judged too.</returns>
    public static Task<string[]> AxeFaultsAsync(this IPage page, params string[] rules) => AskAsync(page, rules, []);

    /// <summary>All rules but <see cref="Colours"/>. See <see cref="AxeFaultsAsync"/>.</summary>
    public static Task<string[]> AxeFaultsButColoursAsync(this IPage page) => AskAsync(page, [], Colours);

    /// <summary>
    /// <see cref="Colours"/>; the contrast only where the page shows a text in colours that no page before it did: to look at each of a thousand coloured
    /// words of a chapter takes seconds, and all but the first of a kind tell nothing new.
    /// </summary>
    /// <param name="page">The page that is open.</param>
    /// <param name="judged">The colours of the pages before, to which those of this one are added.</param>
    public static async Task<string[]> ColourFaultsAsync(this IPage page, HashSet<string> judged)
    {
        // Only of what the rule can find fault with: no single letters, nothing that is off the screen or cannot be used.
        var shown = await page.EvaluateAsync<string[]>("""
            () => {
                const grounds = new Map();
                // All that lies behind a text, down to the first that lets nothing through.
                const ground = (element) => {
                    if (!element) return '';
                    if (!grounds.has(element)) {
                        const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
                        const plain = backgroundImage === 'none' && opacity === '1';
                        const own = plain && backgroundColor === 'rgba(0, 0, 0, 0)' ? '' : `${backgroundColor} ${backgroundImage} ${opacity} `;
                        grounds.set(element, plain && !/rgba|\//.test(backgroundColor) ? own : own + ground(element.parentElement));
                    }
                    return grounds.get(element);
                };
                const judgeable = [...document.querySelectorAll('input, select, textarea')];
                const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) if (texts.currentNode.data.trim().length > 1) judgeable.push(texts.currentNode.parentElement);
                const shown = new Set();
                for (const element of judgeable) {
                    if (!element.checkVisibility() || element.closest('.visually-hidden, :disabled')) continue;
                    const { color, fontSize, fontWeight } = getComputedStyle(element);
                    // Large letters need less contrast.
                    shown.add(`${color} ${parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24)} on ${ground(element)}`);
                }
                return [...shown];
            }
            """);
        if (shown.Length == 0) throw new InvalidOperationException("The page shows no text.");
        var known = judged.IsSupersetOf(shown);
        judged.UnionWith(shown);
        return await page.AxeFaultsAsync(known ? [Links] : Colours);
    }

    static async Task<string[]> AskAsync(IPage page, string[] only, string[] without)
    {
        if (!await page.EvaluateAsync<bool>("Boolean(window.axe?.run)")) await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async ({ only, without }) => {
                for (const fold of document.querySelectorAll('details')) fold.open = true;
                const { violations, passes } = await axe.run(document, {
                    resultTypes: ['violations'],
                    rules: Object.fromEntries(without.map(rule => [rule, { enabled: false }])),
                    ...(only.length ? { runOnly: only } : {}),
                });
                // One that is named may have nothing to say about a page; all together have.
                if (!only.length && passes.length === 0) throw new Error('no rule was met, so none was tried');
                return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
                    `${location.pathname}: ${id}: ${html} ${[...any, ...all, ...none].map(check => check.message).join(' ')}`));
            }
            """, new { only, without });
    }
}
