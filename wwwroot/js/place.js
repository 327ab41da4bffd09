// Where the reader was in each chapter: the last heading that was passed, and how far below it. This browser alone knows, for the chapters that were read last. On
// return a link is offered; the page never moves by itself.
const most = 50;
// What is kept for somebody who is signed in is forgotten when they have left, by fragments.js; a visitor's is the browser's.
const isIn = () => document.cookie.split("; ").includes("connecte=1");
const someoneWasIn = isIn();
const name = someoneWasIn ? "places:compte" : "places";

const read = () => { try { return JSON.parse(localStorage.getItem(name)) ?? {}; } catch { return {}; } };
const write = (places) => { try { localStorage.setItem(name, JSON.stringify(places)); } catch { /* forbidden or full: not kept */ } };

export function remember(article, bar) {
  // Those of tabs and folds may be out of sight.
  const titles = [...document.querySelectorAll(".toc-side a")]
    .map((link) => ({ text: link.textContent, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ heading }) => heading?.parentElement === article);
  offer(titles, bar, article.lang);

  const keep = () => {
    if (isIn() !== someoneWasIn) return;
    const ended = article.getBoundingClientRect().bottom <= innerHeight;
    const passed = titles.findLast(({ heading }) => heading.getBoundingClientRect().top <= innerHeight / 3);
    if (!ended && !passed) return;
    const places = read();
    // Behind the others, which is where the latest stands.
    delete places[location.pathname];
    if (!ended) places[location.pathname] = [passed.heading.id, Math.round(-passed.heading.getBoundingClientRect().top)];
    write(Object.fromEntries(Object.entries(places).slice(-most)));
  };

  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
}

function offer(titles, bar, language) {
  // An address that names a place says where to read.
  if (location.hash) return;
  const [id, below] = read()[location.pathname] ?? [];
  const place = titles.findIndex(({ heading }) => heading.id === id);
  if (place < 0) return;

  const { text, heading } = titles[place];
  const link = document.createElement("a");
  link.className = "resume";
  link.href = `#${encodeURIComponent(id)}`;
  const title = document.createElement("span");
  title.lang = language;
  title.textContent = text;
  link.append(`${bar.dataset.resume} `, title);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const top = heading.getBoundingClientRect().top;
    // The text may be shorter than it was, on a larger screen.
    const next = titles[place + 1]?.heading.getBoundingClientRect().top ?? Infinity;
    scrollBy({ top: Math.min(top + below, Math.max(top, next - innerHeight / 3)), behavior: "instant" });
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
  bar.append(link);
}
