// The form of an exercise: rows, looks and tries come without loading the page anew. Without scripts the same buttons load it.
import { enhance as enhanceLines } from "./parsons.js";
import { enhanceProse } from "./prose.js";

const place = document.getElementById("x-exercise");

// What is wrong comes back with the form as well. A page of its own, such as the one to sign in, takes this one's place.
place.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (/^\s*<!doctype/i.test(detail.serverResponse)) {
    detail.shouldSwap = false;
    detail.requestConfig.elt.closest("form").requestSubmit();
  } else if ([400, 409, 413].includes(detail.xhr.status)) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

// The button that was pressed is gone: on to what it brought.
place.addEventListener("htmx:afterSettle", ({ detail }) => {
  const news = place.querySelector("[autofocus], #p-verdict, .list-fault") ?? (/apercu|essayer/.test(detail.requestConfig.elt.value) ? document.getElementById("x-trial") : null);
  if (!news) return;
  news.focus({ preventScroll: true });
  news.scrollIntoView({ block: "nearest", behavior: "instant" });
});

function setUp() {
  const trial = document.getElementById("x-trial");
  if (!trial || trial.dataset.ready) return;
  trial.dataset.ready = "true";
  const lines = trial.querySelector(".parsons");
  if (lines) enhanceLines(lines, trial.querySelector("[data-tools]"), () => { /* the order is in the lists themselves */ }, "");
  const statement = trial.querySelector("article.prose");
  Object.assign(trial.dataset, statement.dataset);
  enhanceProse(trial);
}

document.addEventListener("htmx:load", setUp);
setUp();
