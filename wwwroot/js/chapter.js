// What a chapter gains from scripts; each part is asked for only if the page has use for it. Without them all is readable.
const article = document.querySelector(".prose");

// Titles of tabs are copied before their formulas are typeset.
const tabs = article.querySelector(".tabs") ? import("./tabs.js").then(({ enhanceTabs }) => enhanceTabs(article)) : Promise.resolve();
const parts = [
  document.querySelector(".toc a") && import("./toc.js").then(({ follow }) => follow(article)),
  tabs,
  article.querySelector("pre > code, code[class]") && import("./code.js").then(({ enhance }) => enhance(article)),
  article.querySelector("[data-language=mermaid], [data-language=dot], [data-language=graphviz]") && import("./diagrams.js").then(({ drawWhenNear }) => drawWhenNear(article)),
  article.querySelector(".math") && Promise.all([import("./math.js"), tabs]).then(([{ typesetWhenNear }]) => typesetWhenNear(article)),
];
Promise.all(parts).then(() => { article.dataset.enhanced = ""; });

// Corrections are part of what is printed.
addEventListener("beforeprint", () => {
  for (const fold of article.querySelectorAll("details:not([open])")) {
    fold.open = true;
    fold.dataset.opened = "";
  }
});

addEventListener("afterprint", () => {
  for (const fold of article.querySelectorAll("details[data-opened]")) {
    fold.open = false;
    delete fold.dataset.opened;
  }
});
