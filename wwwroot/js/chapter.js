// What the page of a chapter gains from scripts.
import { enhanceProse } from "./prose.js";

const article = document.querySelector(".prose");
const contents = document.querySelector(".toc a") && import("./toc.js").then(({ follow }) => follow(article));
Promise.all([contents, enhanceProse(article)]).then(() => { article.dataset.enhanced = ""; });

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
