// Rows of a list are taken and put elsewhere: by the mouse, by a pen, and by a finger, which scrolls the page wherever « touch-action » does not forbid it.
const slack = 5;
const edge = 48;

/**
 * « handle » says whether a row may be taken where the pointer is. « taken » is told of the row, « moved » of each step with the place where it began,
 * and « dropped » of the end, if it was moved at all.
 */
export function drag(list, { handle, taken, moved, dropped }) {
  let row;
  let from;
  let dragging = false;

  list.addEventListener("pointerdown", (event) => {
    if (row || event.button !== 0 || !event.isPrimary || !handle(event)) return;
    row = event.target.closest("li");
    if (!row) return;
    from = event;
    taken(row);
    // The list and not the row, which would let go of it when it is moved.
    list.setPointerCapture(event.pointerId);
  });

  list.addEventListener("pointermove", (event) => {
    const { clientX, clientY, pointerId } = event;
    if (!row || pointerId !== from.pointerId) return;
    if (!dragging && Math.hypot(clientX - from.clientX, clientY - from.clientY) < slack) return;
    dragging = true;
    list.classList.add("dragging");
    row.classList.add("dragged");
    const others = [...list.children].filter((other) => other !== row);
    const next = others.find((other) => { const box = other.getBoundingClientRect(); return clientY < box.top + box.height / 2; });
    const before = next ? next.previousElementSibling : list.lastElementChild;
    if (before !== row) list.insertBefore(row, next ?? null);
    moved?.(row, event, from);
    if (clientY < edge || clientY > innerHeight - edge) scrollBy({ top: clientY < edge ? -12 : 12, behavior: "instant" });
  });

  const end = ({ pointerId }) => {
    if (!row || pointerId !== from.pointerId) return;
    const [done, changed] = [row, dragging];
    row = undefined;
    dragging = false;
    list.classList.remove("dragging");
    done.classList.remove("dragged");
    if (changed) dropped(done);
  };
  list.addEventListener("pointerup", end);
  list.addEventListener("pointercancel", end);
}
