// Chapters are dragged to another place; what is sent is what the buttons beside them send.
for (const list of document.querySelectorAll("[data-order]")) {
  const form = document.getElementById(list.dataset.order);
  const ids = () => [...list.children].map((item) => item.dataset.id);
  let dragged;
  let before;

  for (const item of list.children) {
    item.querySelector(".grip").hidden = false;
    item.draggable = true;
  }

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-id]");
    before = ids().join();
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("dragged");
  });

  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-id]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });

  list.addEventListener("drop", (event) => event.preventDefault());

  list.addEventListener("dragend", () => {
    dragged.classList.remove("dragged");
    dragged = undefined;
    if (ids().join() === before) return;
    for (const id of ids()) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "ordre", value: id });
      form.append(field);
    }

    form.submit();
  });
}
