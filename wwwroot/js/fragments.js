// Parts of a page that come after it: a form, and what is the reader's own. Where one does not come, the link that stands in its place stays.
const someoneIsIn = () => document.cookie.split("; ").includes("connecte=1");
const someoneWasIn = someoneIsIn();

// The browser shows a page as it was left; whoever is at the keyboard now may be somebody else.
addEventListener("pageshow", ({ persisted }) => { if (persisted && someoneIsIn() !== someoneWasIn) location.reload(); });

// A page of its own, such as the one to sign in or of an error, is nobody's fragment.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (/^\s*<!doctype/i.test(detail.serverResponse)) detail.shouldSwap = false;
});

const wanted = [...document.querySelectorAll("[data-fragment]"), ...(someoneWasIn ? document.querySelectorAll("[data-personal]") : [])];
if (globalThis.htmx) for (const place of wanted) {
  // Its own source, as each has one request at a time.
  htmx.ajax("GET", place.dataset.fragment ?? place.dataset.personal, { source: place, target: place, swap: "innerHTML" }).catch(() => { /* the link stays */ });
}
