// Sections under titles become tabs: a list of buttons that arrows walk through. Printed, all sections show, as they do without scripts.
let count = 0;
const openers = new WeakMap();

export function enhanceTabs(root) {
  for (const group of root.querySelectorAll(".tabs:not([data-ready])")) setUp(group);
  reveal();
}

function setUp(group) {
  group.dataset.ready = "";
  const sections = [...group.children].filter((child) => child.matches(".tab"));
  const list = document.createElement("div");
  list.className = "tab-list";
  list.role = "tablist";
  if (sections.length === 0) return;
  const tabs = sections.map((section) => tabOf(section));

  const open = (chosen) => {
    tabs.forEach((tab, place) => {
      tab.ariaSelected = place === chosen;
      tab.tabIndex = place === chosen ? 0 : -1;
      sections[place].classList.toggle("open", place === chosen);
    });
  };

  tabs.forEach((tab, place) => tab.addEventListener("click", () => open(place)));
  sections.forEach((section, place) => openers.set(section, () => open(place)));
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target.closest("[role=tab]"));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    open(next);
    tabs[next].focus();
  });

  list.append(...tabs);
  group.prepend(list);
  open(Math.max(0, sections.findIndex((section) => section.matches(".chosen"))));
}

function tabOf(section) {
  count += 1;
  const tab = document.createElement("button");
  tab.type = "button";
  tab.role = "tab";
  tab.id = `p-tab-${count}`;
  // A link in a title would be a control inside another.
  for (const node of section.querySelector(":scope > .tab-title")?.childNodes ?? ["…"]) {
    const copy = node.cloneNode?.(true) ?? node;
    if (copy.matches?.("a") || copy.querySelector?.("a, [id]")) tab.append(copy.textContent);
    else tab.append(copy);
  }

  section.id ||= `p-panel-${count}`;
  section.role = "tabpanel";
  section.setAttribute("aria-labelledby", tab.id);
  tab.setAttribute("aria-controls", section.id);
  return tab;
}

// A link to something inside a tab opens it, and those around it.
function reveal() {
  let target;
  try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  let hidden = false;
  for (let section = target?.closest(".tab"); section; section = section.parentElement.closest(".tab")) {
    hidden ||= !section.matches(".open");
    openers.get(section)?.();
  }

  if (hidden) target.scrollIntoView();
}

addEventListener("hashchange", reveal);
