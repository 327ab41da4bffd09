// What was entered and not yet submitted. It is kept with its author's account, and in this browser for whoever has none or is cut off.
const wait = 800;
const forgottenAfter = 7 * 24 * 60 * 60 * 1000;
// What browsers send of a page that is being left.
const mostSentWhenLeaving = 60_000;

let form;
// What the server knew when it made the form: a draft is the newer one as long as that is the same.
let known;
let changed = false;
let timer;
let underway = Promise.resolve();

export function watch(next) {
  const same = known !== undefined && form.dataset.key === next.dataset.key;
  form = next;
  if (!same) {
    known = JSON.stringify(entered());
    changed = false;
    const kept = read();
    if (kept?.known === known && Date.now() - kept.at < forgottenAfter) {
      enter(kept.fields);
      changed = true;
    }
  }

  if (changed) later();
}

// The server has it all.
export function forget() {
  clearTimeout(timer);
  changed = false;
  known = undefined;
  remove();
}

// For something else to be sent, after what is on its way: a draft that arrived later would pass for newer.
export function pause() {
  clearTimeout(timer);
  return Promise.race([underway, new Promise((resolve) => { setTimeout(resolve, 2000); })]);
}

export function save() {
  clearTimeout(timer);
  underway = underway.then(send);
}

export function say(text) {
  const place = form?.querySelector(".draft-state");
  if (place && place.textContent !== text) place.textContent = text;
}

export function keep() {
  try {
    localStorage.setItem(name(), JSON.stringify({ at: Date.now(), known, fields: entered() }));
  } catch {
    // Forbidden or full: it stays in the form.
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function send() {
  if (!changed || !form.isConnected) return;
  changed = false;
  const { draft, kept, offlineDraft } = form.dataset;
  if (!draft) return keep();
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(draft, { method: "POST", body, keepalive: body.toString().length < mostSentWhenLeaving, signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw answer;
    if (!changed) remove();
    say(kept);
  } catch (fault) {
    changed = true;
    keep();
    say(fault instanceof Response ? "" : offlineDraft);
  }
}

// No answer will be waited for: kept here in case none comes.
function leave() {
  if (!changed || !form.isConnected) return;
  clearTimeout(timer);
  keep();
  send();
}

const name = () => `reponse:${form.dataset.key}`;
const entered = () => [...new FormData(form)].filter(([field]) => field.startsWith("r."));
const read = () => { try { return JSON.parse(localStorage.getItem(name())); } catch { return null; } };
const remove = () => { try { localStorage.removeItem(name()); } catch { /* nothing was kept */ } };

function enter(fields) {
  for (const element of form.elements) {
    if (!element.name.startsWith("r.")) continue;
    const values = fields.filter(([field]) => field === element.name).map(([, value]) => value);
    if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
    else if (values.length > 0) element.value = values[0];
  }
}

document.addEventListener("input", ({ target }) => {
  if (!form?.contains(target)) return;
  changed = true;
  later();
});
addEventListener("online", () => { if (form) save(); });
document.addEventListener("visibilitychange", () => { if (form && document.visibilityState === "hidden") leave(); });
addEventListener("pagehide", () => { if (form) leave(); });
