// Where a chapter is written: what is typed is shown as readers will see it and saved as it goes. Without scripts the buttons of the form do both.
import { enhanceProse } from "./prose.js";

const wait = { preview: 500, save: 1500, again: 5000 };
const forgottenAfter = 7 * 24 * 60 * 60 * 1000;

const form = document.getElementById("p-editor");
const preview = document.getElementById("p-preview");
const conflict = document.getElementById("p-conflict");
const state = document.getElementById("p-saved");
const name = `chapitre:${form.dataset.key}`;
const texts = ["Titre", "Resume", "Texte"];
const origins = ["Page", "Etat", "Revision"];

// Something typed that the server has not.
let changed = form.dataset.unsaved === "true";
// Somebody else has saved, and nobody has said yet what is to become of it.
let paused = form.dataset.paused === "true";
let leaving = false;
let timer;
let underway;

const values = (fields) => Object.fromEntries(fields.map((field) => [field, form.elements[field].value]));
const enter = (fields) => { for (const [field, value] of Object.entries(fields)) form.elements[field].value = value; };
const say = (text) => { state.textContent = text; };
const ask = (address, signal) => fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "HX-Request": "true" }, redirect: "error", signal });

// In this browser, for whom the network or the server has left alone.
function keep() {
  try {
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), fields: values([...texts, ...origins]) }));
  } catch { /* forbidden or full: it stays in the form */ }
}

function forget() {
  try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function save() {
  clearTimeout(timer);
  underway ??= send().finally(() => { underway = undefined; });
  return underway;
}

async function send() {
  if (!changed || paused || leaving) return;
  changed = false;
  say(form.dataset.saving);
  try {
    const answer = await ask(form.action, AbortSignal.timeout(15_000));
    if (answer.ok) {
      const { etat, revision, quand } = await answer.json();
      enter({ Etat: etat ?? "", Revision: revision });
      say(quand);
      if (changed) later(wait.save);
      else forget();
      return;
    }

    changed = true;
    keep();
    if (answer.status === 409) {
      paused = true;
      say("");
      conflict.innerHTML = await answer.text();
      conflict.querySelector("h2").tabIndex = -1;
      conflict.querySelector("h2").focus();
    } else if (answer.status === 400 && answer.headers.get("Content-Type")?.startsWith("text/plain")) {
      // It would be refused again: until something else is typed.
      say(await answer.text());
    } else {
      say(form.dataset.failed);
      later(wait.again);
    }
  } catch {
    changed = true;
    keep();
    say(form.dataset.offline);
    later(wait.again);
  }
}

// The preview.
let previewTimer;
let previewing;

function previewLater() {
  clearTimeout(previewTimer);
  previewTimer = setTimeout(render, wait.preview);
}

async function render() {
  previewing?.abort();
  previewing = new AbortController();
  try {
    const answer = await ask(form.dataset.preview, previewing.signal);
    if (!answer.ok) return;
    const html = await answer.text();
    const { scrollTop } = preview;
    preview.innerHTML = html;
    preview.scrollTop = scrollTop;
    enrich();
  } catch { /* the next letter asks again */ }
}

function enrich() {
  const article = preview.querySelector(".prose");
  enhanceProse(article).then(() => { article.dataset.enhanced = ""; });
}

form.addEventListener("input", ({ target }) => {
  if (!texts.includes(target.name)) return;
  changed = true;
  later(wait.save);
  if (target.name === "Texte") previewLater();
});

form.addEventListener("submit", (event) => {
  const leaves = event.submitter?.matches("[data-leaves], [data-scripted-away]");
  if (!leaves) {
    event.preventDefault();
    if (event.submitter?.matches("[data-keep]")) goOn(event.submitter.closest("[data-revision]"));
    changed = true;
    save();
  } else if (underway) {
    // What is on its way must not arrive after what follows.
    event.preventDefault();
    underway.then(() => { if (!paused) form.requestSubmit(event.submitter); });
  } else {
    leaving = true;
    clearTimeout(timer);
    if (event.submitter.matches("[data-discards]")) forget();
  }
});

// Knowingly, now: from what the other has saved.
function goOn({ dataset }) {
  enter({ Etat: dataset.etat ?? "", Revision: dataset.revision });
  paused = false;
  conflict.replaceChildren();
  form.elements.Texte.focus();
}

conflict.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-take]")) return;
  leaving = true;
  forget();
});

addEventListener("online", () => { if (changed) save(); });

addEventListener("beforeunload", (event) => {
  if (leaving || !(changed || underway)) return;
  keep();
  event.preventDefault();
});

addEventListener("pagehide", () => { if (changed && !leaving) keep(); });

// The browser shows a page as it was left: it may have been released since.
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

// What this browser kept and the server never got. It goes on from where it began, so that nobody's work is overwritten unseen.
function recover() {
  let kept;
  try { kept = JSON.parse(localStorage.getItem(name)); } catch { /* forbidden: nothing was kept */ }
  if (!kept || changed) return;
  forget();
  const now = values(texts);
  if (Date.now() - kept.at > forgottenAfter || texts.every((field) => kept.fields[field] === now[field])) return;
  enter(kept.fields);
  changed = true;
  say(form.dataset.recovered);
  later(wait.save);
  previewLater();
}

for (const away of form.querySelectorAll("[data-scripted-away]")) away.hidden = true;
recover();
if (changed && !paused) later(wait.save);
enrich();
