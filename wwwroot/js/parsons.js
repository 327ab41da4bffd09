// Lines of code to be put in order: by buttons, by keys, by dragging. The lists that choose a place without scripts stay, out of sight, as what is sent.
import { drag } from "./drag.js";

export function enhance(list, template, announce, moved) {
  const indented = list.dataset.indented === "True";
  const someTooMany = list.dataset.someTooMany === "True";
  const open = !list.closest("fieldset:disabled");

  const lines = () => [...list.children];
  const order = (line) => line.querySelector("[data-order]");
  const indent = (line) => line.querySelector("[data-indent]");
  const isOut = (line) => line.classList.contains("out");
  const inside = () => lines().filter((line) => !isOut(line));
  const tool = (line, act) => line.querySelector(`[data-act="${act}"]`);

  // Those that have a place, in its order; then the others.
  const place = (line) => Number(order(line).value) || Infinity;
  list.append(...lines().sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b))));
  for (const line of lines()) {
    line.classList.toggle("out", someTooMany && order(line).value === "");
    if (!open) continue;
    line.tabIndex = 0;
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.ariaHidden = "true";
    grip.append(document.createElement("span"));
    grip.firstChild.className = "icon icon-grip";
    line.prepend(grip);
    line.append(template.content.cloneNode(true));
  }

  list.classList.add("enhanced");
  refresh();
  if (!open) return;

  // The values that are sent, and what is seen, follow from the order of the elements.
  function refresh() {
    const rows = inside();
    for (const line of lines()) {
      const at = rows.indexOf(line);
      order(line).value = at < 0 ? "" : String(at + 1);
      if (indented) for (const { value, selected } of indent(line).options) line.classList.toggle(`indent-${value}`, selected);
      mark(line, "up", at === 0);
      mark(line, "down", at < 0 || at === rows.length - 1);
      if (indented) {
        mark(line, "less", indent(line).selectedIndex === 0);
        mark(line, "more", indent(line).selectedIndex === indent(line).options.length - 1);
      }

      if (someTooMany && tool(line, "toggle")) tool(line, "toggle").ariaPressed = String(at < 0);
    }
  }

  // Not disabled, which would take the focus away.
  function mark(line, act, useless) {
    const button = tool(line, act);
    if (!button) return;
    if (useless) button.ariaDisabled = "true";
    else button.removeAttribute("aria-disabled");
  }

  function tell(line) {
    const at = inside().indexOf(line);
    if (at >= 0) announce(moved.replace("{0}", at + 1).replace("{1}", inside().length));
  }

  function changed(line) {
    // What was said of it was said of where it stood.
    line.classList.remove("wrong");
    refresh();
    list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // An element that is moved loses the focus.
  function move(change) {
    const focused = document.activeElement;
    change();
    if (list.contains(focused)) focused.focus();
  }

  const acts = {
    up(line) {
      if (isOut(line)) return acts.toggle(line);
      const before = line.previousElementSibling;
      if (!before) return false;
      move(() => before.before(line));
    },
    down(line) {
      const after = line.nextElementSibling;
      if (isOut(line) || !after || isOut(after)) return false;
      move(() => after.after(line));
    },
    less: (line) => shift(line, -1),
    more: (line) => shift(line, 1),
    toggle(line) {
      if (!someTooMany) return false;
      const rows = inside().filter((row) => row !== line);
      line.classList.toggle("out");
      move(() => { if (rows.length > 0) rows.at(-1).after(line); else list.prepend(line); });
    },
  };

  function shift(line, by) {
    const select = indented && indent(line);
    const next = select && select.options[select.selectedIndex + by];
    if (!next) return false;
    next.selected = true;
    announce(next.text);
  }

  function act(line, name) {
    if (acts[name](line) === false) return;
    changed(line);
    if (name === "up" || name === "down" || name === "toggle") tell(line);
  }

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) act(button.closest("li"), button.dataset.act);
  });

  const keys = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "less", ArrowRight: "more" };
  list.addEventListener("keydown", (event) => {
    if (!event.altKey || !keys[event.key]) return;
    // Else the browser turns back to the page before.
    event.preventDefault();
    act(event.target.closest("li"), keys[event.key]);
  });

  let start;

  const seen = () => lines().map((line) => line.className + line.dataset.line).join();

  // With the mouse a line is taken anywhere, with a finger by its grip, as the rest of it scrolls the page.
  drag(list, {
    handle: ({ pointerType, target }) => !target.closest("button, select") && (pointerType === "mouse" || target.closest(".grip")),
    taken(line) { start = { indent: indented ? indent(line).selectedIndex : 0, seen: seen() }; },
    moved(line, { clientX, clientY }, from) {
      if (someTooMany) chooseSide(line, clientY);
      if (indented) {
        const step = 28;
        const { options } = indent(line);
        options[Math.min(options.length - 1, Math.max(0, start.indent + Math.round((clientX - from.clientX) / step)))].selected = true;
      }

      refresh();
    },
    dropped(line) {
      if (seen() === start.seen) return;
      changed(line);
      tell(line);
    },
  });

  // Between two lines of one side it is on that side; at the border it changes as the pointer leaves it for the other one.
  function chooseSide(line, y) {
    const [above, below] = [line.previousElementSibling, line.nextElementSibling];
    const box = line.getBoundingClientRect();
    if (below && !isOut(below)) line.classList.remove("out");
    else if (above && isOut(above)) line.classList.add("out");
    else if (isOut(line) && y < box.top) line.classList.remove("out");
    else if (!isOut(line) && y > box.bottom) line.classList.add("out");
  }
}
