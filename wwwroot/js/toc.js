// Marks the section that is being read in the table of contents.
export function follow(article) {
  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) {
    const anchor = decodeURIComponent(link.hash.slice(1));
    links.set(anchor, [...(links.get(anchor) ?? []), link]);
  }

  const headings = [...article.querySelectorAll("h2[id], h3[id]")].filter((heading) => links.has(heading.id));
  let current;

  const mark = (id) => {
    if (id === current) return;
    for (const link of links.get(current) ?? []) link.removeAttribute("aria-current");
    current = id;
    for (const link of links.get(current) ?? []) {
      link.setAttribute("aria-current", "true");
      keepInSight(link);
    }
  };

  // The section being read is the last one whose heading has passed the upper third of the window.
  const update = () => {
    const line = innerHeight / 3;
    const atEnd = Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight;
    mark((atEnd ? headings.at(-1) : headings.findLast((heading) => heading.getBoundingClientRect().top <= line))?.id);
  };

  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; update(); });
  };

  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask, { passive: true });
  update();
}

function keepInSight(link) {
  const box = link.closest(".toc-side");
  if (!box || box.scrollHeight <= box.clientHeight) return;
  const [outer, inner] = [box.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - box.clientHeight / 2;
}
