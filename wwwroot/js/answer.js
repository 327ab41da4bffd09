// The form that answers an exercise. It may come after the page, and again with each verdict and each hint. Without scripts it posts like any other.
import { forget, keep, pause, say, watch } from "./drafts.js";
import { enhance as enhanceLines } from "./parsons.js";
import { enhanceProse } from "./prose.js";

const section = document.getElementById("p-answer");
const status = document.getElementById("p-status");
const statement = document.querySelector("article.prose");

function setUp() {
  const form = section.querySelector(".answer-form:not([data-ready])");
  if (!form) return;
  form.dataset.ready = "";
  if (!form.querySelector("fieldset:disabled")) watch(form);
  const lines = form.querySelector(".parsons");
  if (lines) enhanceLines(lines, form.querySelector("[data-tools]"), (text) => { status.textContent = text; }, form.dataset.moved);
  enrich();
}

// Code and formulas, as in the statement, whose words these are too.
function enrich() {
  if (!statement) return;
  Object.assign(section.dataset, statement.dataset);
  enhanceProse(section);
}

document.addEventListener("htmx:load", setUp);
setUp();

const isPost = ({ requestConfig }) => requestConfig.verb === "post";
const isSubmission = (detail) => isPost(detail) && detail.requestConfig.elt.matches("form");

section.addEventListener("htmx:confirm", (event) => {
  const { verb, issueRequest } = event.detail;
  if (verb !== "post") return;
  event.preventDefault();
  pause().then(() => issueRequest(true));
});

// What could not be counted comes back with a word about it. A page of its own is no answer to a form.
section.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isPost(detail)) return;
  if (/^\s*<!doctype/i.test(detail.serverResponse)) {
    detail.isError = true;
  } else if ([400, 410, 413].includes(detail.xhr.status)) {
    detail.shouldSwap = true;
    detail.isError = false;
  } else if (detail.shouldSwap && isSubmission(detail)) {
    forget();
  }
});

// The button that was pressed is gone: on to what it brought, at once.
section.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!isPost(detail)) return;
  const header = section.querySelector(".gain") && document.getElementById("p-me");
  if (header) htmx.ajax("GET", header.dataset.personal, { source: header, target: header, swap: "innerHTML" }).catch(() => { /* it stays as it was */ });
  const news = section.querySelector("#p-verdict, .message") ?? [...section.querySelectorAll(".hint-text")].at(-1);
  if (!news) return;
  news.tabIndex = -1;
  news.focus({ preventScroll: true });
  news.scrollIntoView({ block: "nearest", behavior: "instant" });
});

// Whether a submission that failed was counted is not known. Sent again it has the same key, and counts once.
let unsure;
let again;

section.addEventListener("htmx:sendError", ({ detail }) => {
  if (!isPost(detail)) return;
  const form = section.querySelector(".answer-form");
  keep();
  say(isSubmission(detail) ? form.dataset.offline : form.dataset.failed);
  if (isSubmission(detail)) unsure = again = form;
});

section.addEventListener("htmx:responseError", ({ detail }) => {
  if (!isPost(detail)) return;
  const form = section.querySelector(".answer-form");
  keep();
  say(form.dataset.failed);
  if (isSubmission(detail)) unsure = form;
});

addEventListener("online", () => {
  // As if it were pressed: htmx remembers which button was.
  if (again?.isConnected) again.querySelector(".submit").click();
  again = undefined;
});

// With a change it is another submission, which its author sends.
section.addEventListener("input", () => {
  if (unsure?.isConnected) unsure.elements.cle.value = newKey();
  unsure = again = undefined;
});

// Not randomUUID, which a portal in a classroom, without a certificate, does not have.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

section.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea")) return;
  event.preventDefault();
  section.querySelector(".submit")?.click();
});
