// Chapters are dragged to another place by their grip; what is sent is what the buttons beside them send.
import { drag } from "./drag.js";

for (const list of document.querySelectorAll("[data-order]")) {
  const form = document.getElementById(list.dataset.order);
  const ids = () => [...list.children].map((item) => item.dataset.id);
  let before;

  for (const grip of list.querySelectorAll(".grip")) grip.hidden = false;

  drag(list, {
    handle: ({ target }) => target.closest(".grip"),
    taken() { before = ids().join(); },
    dropped() {
      if (ids().join() === before) return;
      // Those of a drag that has not been answered yet.
      for (const field of form.querySelectorAll("[name=ordre]")) field.remove();
      for (const id of ids()) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "ordre", value: id });
        form.append(field);
      }

      form.submit();
    },
  });
}
