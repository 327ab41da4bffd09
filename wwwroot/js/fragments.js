// Parts of a page that come after it: a form, and what is the reader's own. Where one does not come, the link that stands in its place stays.
const someoneIsIn = document.cookie.split("; ").includes("connecte=1");
const wanted = [...document.querySelectorAll("[data-fragment]"), ...(someoneIsIn ? document.querySelectorAll("[data-personal]:not([data-personal=''])") : [])];

// The browser shows a page as it was left; whoever is at the keyboard now may be somebody else.
addEventListener("pageshow", ({ persisted }) => { if (persisted && wanted.length > 0) location.reload(); });

// Nor does anybody find what those who have left had typed, nor where they were reading: their answers are kept under their number.
if (!someoneIsIn) try {
  for (const key of Object.keys(localStorage)) if (/^((reponse|chapitre):\d+:|places:compte$)/.test(key)) localStorage.removeItem(key);
} catch { /* forbidden: nothing is there */ }

// A page of its own, such as the one to sign in or of an error, is nobody's fragment.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (/^\s*<!doctype/i.test(detail.serverResponse)) detail.shouldSwap = false;
});

if (globalThis.htmx) for (const place of wanted) {
  // Its own source, as each has one request at a time.
  htmx.ajax("GET", place.dataset.fragment ?? place.dataset.personal, { source: place, target: place, swap: "innerHTML" }).catch(() => { /* the link stays */ });
}
