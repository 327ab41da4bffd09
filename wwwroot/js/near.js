// What weighs much is asked for when there is use for it: at rest that is what is seen, for whoever scrolls what is not far, and for paper all of it.
const waiting = new Set();
const underway = [];

export function whenNear(elements, begin) {
  if (elements.length === 0) return;
  let near;
  const watch = (margin) => {
    near?.disconnect();
    near = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) start(); }, { rootMargin: `${margin} 0px` });
    elements.forEach((element) => near.observe(element));
  };

  const lookAhead = () => watch("75%");
  const start = () => {
    near.disconnect();
    removeEventListener("scroll", lookAhead);
    waiting.delete(start);
    underway.push(begin());
  };

  waiting.add(start);
  watch("0px");
  addEventListener("scroll", lookAhead, { once: true, passive: true });
}

export const isWhole = () => waiting.size === 0;

export async function makeWhole() {
  waiting.forEach((start) => start());
  await Promise.allSettled(underway);
  await document.fonts.ready;
}

// Of a menu of the browser, which waits for nothing: what has come by then.
addEventListener("beforeprint", makeWhole);
