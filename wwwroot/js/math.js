// Formulas, typeset by KaTeX on the nodes that hold their TeX source. It weighs as much as the rest of the page, fonts included, so it is
// asked for when the reader comes near the first formula, or prints.
export function typesetWhenNear(article) {
  const { katexScript, katexStyle } = article.dataset;
  if (!katexScript) return;
  const formulas = [...article.querySelectorAll(".math")];

  const begin = () => {
    near.disconnect();
    removeEventListener("beforeprint", begin);
    Promise.all([script(katexScript), style(katexStyle)]).then(() => formulas.forEach(typeset));
  };

  const near = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) begin(); }, { rootMargin: "75% 0px" });
  formulas.forEach((formula) => near.observe(formula));
  addEventListener("beforeprint", begin);
}

function typeset(formula) {
  const source = formula.textContent;
  try {
    globalThis.katex.render(source, formula, { displayMode: formula.matches("div"), throwOnError: true, trust: false, strict: "ignore" });
    formula.dataset.typeset = "";
  } catch {
    // What KaTeX cannot read stays as it was written; its own message would be an inline style.
    formula.textContent = source;
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
