// What the page of a chapter gains from scripts.
import { isWhole, makeWhole } from "./near.js";
import { enhanceProse } from "./prose.js";

const article = document.querySelector(".prose");
const bar = document.querySelector("[data-resume]");
const contents = document.querySelector(".toc a") && import("./toc.js").then(({ follow }) => follow(article));
const place = bar && import("./place.js").then(({ remember }) => remember(article, bar));
Promise.all([contents, place, enhanceProse(article)]).then(() => { article.dataset.enhanced = ""; });

// On paper a link that leads away says where to, unless it is its own text.
for (const link of article.querySelectorAll("a[href^='http']")) {
  const bare = (text) => text.trim().replace(/^https?:\/\//, "").replace(/\/$/, "");
  if (bare(link.textContent) === bare(link.getAttribute("href"))) link.dataset.bare = "";
}

// Paper has no later: what is drawn when somebody comes near is drawn first.
const printWhole = () => makeWhole().then(() => print());
// The page of an answer has no bar.
document.querySelector(".reading-bar .print")?.addEventListener("click", printWhole);
addEventListener("keydown", (event) => {
  if (isWhole() || event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  printWhole();
});

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
