// Figures at their full size, in a window over the page. A button below each; whoever points may press the figure itself.
let dialog;

export function enhanceFigures(root) {
  // One within a line of text is a sign, and one within a link leads elsewhere.
  const alone = (image) => image.parentElement.matches("figure") || image.parentElement.textContent.trim() === "";
  for (const image of [...root.querySelectorAll("img:not(.enlargeable, :is(a, button, label, summary) *)")].filter(alone)) offer(image, image.alt, root.dataset);
}

// The button comes behind the picture, or behind what it scrolls in.
export function offer(picture, name, texts, place = picture) {
  const button = makeButton("enlarge", "enlarge", texts.enlarge);
  if (name) button.ariaLabel = `${texts.enlarge} (${name})`;
  button.addEventListener("click", () => open(picture, name, texts));
  picture.classList.add("enlargeable");
  picture.addEventListener("click", () => { button.focus({ preventScroll: true }); open(picture, name, texts); });
  place.after(button);
}

function open(picture, name, texts) {
  dialog ??= make(texts);
  const view = dialog.querySelector(".zoom-view");
  const copy = picture.cloneNode(true);
  copy.classList.remove("enlargeable");
  view.classList.toggle("diagram-view", copy instanceof SVGElement);
  view.ariaLabel = dialog.ariaLabel = name || texts.enlarge;
  view.lang = picture.closest("[lang]").lang;
  view.replaceChildren(copy);
  dialog.showModal();

  // As large as it was made, as fits, or half as large again as in the page, whichever is most.
  const shown = picture.getBoundingClientRect();
  const whole = picture.naturalWidth ?? picture.viewBox.baseVal.width;
  const fits = Math.min(view.clientWidth - 32, (view.clientHeight - 32) * shown.width / shown.height);
  copy.style.inlineSize = `${Math.round(Math.max(whole, fits, shown.width * 1.5))}px`;
  view.scrollTo((view.scrollWidth - view.clientWidth) / 2, 0);
}

function make(texts) {
  const made = document.createElement("dialog");
  made.className = "zoom";
  const close = makeButton("button button-quiet", "close", texts.close);
  close.addEventListener("click", () => made.close());
  const view = document.createElement("div");
  view.className = "zoom-view";
  view.tabIndex = 0;
  view.role = "region";
  made.append(close, view);
  // Beside it.
  made.addEventListener("click", ({ target }) => { if (target === made) made.close(); });
  made.addEventListener("close", () => view.replaceChildren());
  document.body.append(made);
  return made;
}

function makeButton(className, sign, text) {
  const button = Object.assign(document.createElement("button"), { type: "button", className });
  const icon = Object.assign(document.createElement("span"), { className: `icon icon-${sign}`, ariaHidden: "true" });
  button.append(icon, text);
  return button;
}
