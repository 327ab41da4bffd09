// Formulas, typeset by KaTeX on the nodes that hold their TeX source. It weighs as much as the rest of the page, fonts included, so it is
// asked for when the reader comes near the first formula, or prints.
import { whenNear } from "./near.js";

export function typesetWhenNear(article) {
  const { katexScript, katexStyle } = article.dataset;
  if (!katexScript) return;
  const formulas = [...article.querySelectorAll(".math")];
  const { unreadable = "" } = article.dataset;

  whenNear(formulas, async () => {
    await Promise.all([script(katexScript), style(katexStyle)]);
    // Those in the titles of tabs have come meanwhile.
    for (const formula of article.querySelectorAll(".math:not([data-typeset], :has(.math-fault))")) typeset(formula, unreadable);
  });
}

function typeset(formula, unreadable) {
  const source = formula.textContent;
  try {
    globalThis.katex.render(source, formula, { displayMode: formula.matches("div"), throwOnError: true, trust: false, strict: "ignore" });
    formula.dataset.typeset = "";
  } catch (fault) {
    // What KaTeX cannot read stays as it was written, with the reason, which is in English; its own way to say so would be an inline style.
    formula.textContent = source;
    const reason = document.createElement("span");
    reason.className = "math-fault";
    reason.lang = "en";
    reason.textContent = String(fault.message).replace(/^KaTeX parse error: /, "").replaceAll(/[\u0300-\u036f]/g, "");
    const word = document.createElement("span");
    word.className = "math-fault";
    word.append(`${unreadable} `, reason);
    formula.append(" ", word);
  }
}

const script = (src) => loaded(Object.assign(document.createElement("script"), { src }));
const style = (href) => loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));

function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve, { once: true });
    element.addEventListener("error", reject, { once: true });
    document.head.append(element);
  });
}
