// What a text of a course gains from scripts; each part is asked for only where there is use for it. Without them all is readable.
export function enhanceProse(root) {
  const has = (selector) => root.querySelector(selector) !== null;
  // Titles of tabs are copied before their formulas are typeset.
  const tabs = has(".tabs") ? import("./tabs.js").then(({ enhanceTabs }) => enhanceTabs(root)) : Promise.resolve();
  return Promise.all([
    tabs,
    has("pre > code, code[class]") && import("./code.js").then(({ enhance }) => enhance(root)),
    has("img") && import("./zoom.js").then(({ enhanceFigures }) => enhanceFigures(root)),
    has("[data-language=mermaid], [data-language=dot], [data-language=graphviz]") && import("./diagrams.js").then(({ drawWhenNear }) => drawWhenNear(root)),
    has(".math") && Promise.all([import("./math.js"), tabs]).then(([{ typesetWhenNear }]) => typesetWhenNear(root)),
  ]);
}
