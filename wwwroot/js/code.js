// Code blocks: line numbers, a copy button, colours once somebody is near. The text of the code itself is never changed.
import { whenNear } from "./near.js";

const grammars = {
  bash: "bash", css: "css", html: "xml", javascript: "javascript", json: "json", python: "python", "python-repl": "python-repl", sql: "sql", xml: "xml",
};

const names = {
  bash: "Bash", css: "CSS", html: "HTML", javascript: "JavaScript", json: "JSON", python: "Python", "python-repl": "Python", sql: "SQL", xml: "XML",
};

export function enhance(article) {
  const status = document.getElementById("p-status");
  for (const pre of article.querySelectorAll(".code > pre")) {
    inLines(pre.querySelector("code"));
    addTools(pre, article.dataset, status);
  }

  if (article.dataset.highlight) whenNear([...article.querySelectorAll("code[class^='language-']")], () => colour(article));
}

// Each line is a box, so that a long one can go on below itself, beside its number. Numbers are no part of the text: styles write them.
function inLines(code, html = code.innerHTML) {
  const { firstLine } = code.parentElement.dataset;
  const lines = html.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const { length } = `${Number(firstLine) + lines.length - 1}`;
  const numbered = (place) => firstLine === undefined ? "" : ` data-number="${`${Number(firstLine) + place}`.padStart(length, "\u2007")}"`;
  // A colour that goes on to the next line is taken up there.
  const open = [];
  code.innerHTML = lines.map((line, place) => {
    const taken = open.join("");
    for (const [tag] of line.matchAll(/<\/?span[^>]*>/g)) {
      if (tag.startsWith("</")) open.pop();
      else open.push(tag);
    }

    return `<span class="line"${numbered(place)}><span>${taken}${line}${"</span>".repeat(open.length)}</span></span>`;
  }).join("");
  // What goes on below stands further in than where its line began.
  for (const line of code.querySelectorAll(":scope > .line > span")) {
    const indent = /^[ \t]*/.exec(line.textContent)[0].replaceAll("\t", "    ").length;
    if (indent > 0) line.style.setProperty("--indent", `${Math.min(indent, 16)}ch`);
  }
}

function addTools(pre, texts, status) {
  const tools = document.createElement("div");
  tools.className = "tools";

  const language = names[pre.parentElement.dataset.language];
  if (language) {
    const label = document.createElement("span");
    label.className = "language";
    label.textContent = language;
    tools.append(label);
  }

  // Outside a secure address the browser gives no clipboard.
  if (navigator.clipboard) tools.append(copyButton(pre.querySelector("code"), texts, status));
  if (tools.childElementCount > 0) pre.after(tools);
}

function copyButton(code, texts, status) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.ariaLabel = button.title = texts.copy;
  const icon = document.createElement("span");
  icon.className = "icon icon-copy";
  button.append(icon);

  let back;
  const show = (done) => {
    button.classList.toggle("done", done);
    icon.className = done ? "icon icon-check" : "icon icon-copy";
  };

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      show(true);
      status.textContent = texts.copied;
    } catch {
      status.textContent = texts.notCopied;
    }

    clearTimeout(back);
    back = setTimeout(() => { show(false); status.textContent = ""; }, 3000);
  });

  return button;
}

async function colour(article) {
  const wanted = [...article.querySelectorAll("code[class^='language-']")]
    .map((code) => ({ code, grammar: grammars[code.className.slice("language-".length)] }))
    .filter(({ grammar }) => grammar);
  if (wanted.length === 0) return;

  const needed = new Set(wanted.map(({ grammar }) => grammar));
  // A Python session is coloured by the grammar of Python.
  if (needed.has("python-repl")) needed.add("python");
  const [{ default: hljs }, ...loaded] = await Promise.all([
    import("../lib/highlight/core.min.js"),
    ...[...needed].map(async (name) => [name, (await import(`../lib/highlight/languages/${name}.min.js`)).default]),
  ]);
  for (const [name, grammar] of loaded) hljs.registerLanguage(name, grammar);
  for (const { code, grammar } of wanted) {
    const { value } = hljs.highlight(code.textContent, { language: grammar, ignoreIllegals: true });
    if (code.matches(".code > pre > *")) inLines(code, value);
    else code.innerHTML = value;
  }
}
