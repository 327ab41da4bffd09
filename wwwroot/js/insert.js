// Pictures and files in the text of a chapter: chosen, pasted or dropped, they are sent, described, and stand in the text as Markdown.
const place = document.querySelector(".insert");
const text = document.getElementById("p-markdown");
if (place && text) setUp();

function setUp() {
  const texts = place.dataset;
  const status = place.querySelector("[role=status]");
  const progress = place.querySelector("progress");
  const chooser = place.querySelector("input[type=file]");
  const choose = place.querySelector("[data-choose]");
  const dialog = place.querySelector("dialog");
  let last = Promise.resolve();

  choose.hidden = false;
  choose.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => { add(chooser.files); chooser.value = ""; });

  text.addEventListener("paste", (event) => {
    // A table copied from a spreadsheet comes as a picture as well: its text is meant.
    if (event.clipboardData.files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  text.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    text.classList.add("dropping");
  });
  text.addEventListener("dragleave", () => text.classList.remove("dropping"));
  text.addEventListener("drop", (event) => {
    text.classList.remove("dropping");
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });

  // One after the other, as each asks a question.
  function add(files) {
    for (const file of files) last = last.then(() => insert(file)).catch((fault) => say(fault.message || texts.failed));
  }

  async function insert(file) {
    if (file.size > Number(texts.maximum)) throw new Error(texts.tooLarge);
    say(texts.sending);
    const form = new FormData();
    form.append("fichiers", file, file.name);
    let sent = await post(texts.files, form, (share) => { progress.value = share; });
    if (sent.isImage) sent = await describe(sent);
    if (!sent) return say(texts.cancelled);
    write(sent.isImage ? `\n\n${sent.markdown}\n\n` : sent.markdown);
    say(texts.done);
  }

  function post(address, form, onProgress) {
    form.append("__RequestVerificationToken", document.querySelector("[name=__RequestVerificationToken]").value);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      progress.hidden = !onProgress;
      request.upload.addEventListener("progress", ({ loaded, total }) => onProgress?.(loaded / total));
      request.addEventListener("loadend", () => {
        progress.hidden = true;
        if (request.status === 200 && request.response) resolve(request.response);
        else reject(new Error(request.response?.message ?? (request.status === 413 ? texts.tooLarge : texts.failed)));
      });
      request.send(form);
    });
  }

  // Asks until the image is described, said to be decoration, or given up.
  function describe(sent) {
    const [words, decorative, fault] = [dialog.querySelector("textarea"), dialog.querySelector("[data-decorative]"), dialog.querySelector(".fault")];
    dialog.querySelector("[data-shown]").src = sent.address;
    words.value = sent.alternative ?? "";
    decorative.checked = sent.alternative === "";
    fault.hidden = true;
    dialog.showModal();
    words.focus();
    return new Promise((resolve) => {
      const over = new AbortController();
      const end = (result) => { over.abort(); dialog.close(); text.focus(); resolve(result); };
      const on = (target, event, act) => target.addEventListener(event, act, { signal: over.signal });
      on(dialog, "cancel", (event) => { event.preventDefault(); end(null); });
      on(dialog.querySelector("[data-cancel]"), "click", () => end(null));
      on(dialog.querySelector("[data-insert]"), "click", async () => {
        const form = new FormData();
        form.append("texte", words.value);
        if (decorative.checked) form.append("decorative", "true");
        try {
          end(await post(`${sent.address}/texte`, form));
        } catch ({ message }) {
          fault.hidden = false;
          fault.lastElementChild.textContent = message;
          words.focus();
        }
      });
    });
  }

  // As if it were typed: it can be undone, and whoever watches the text hears of it.
  function write(markdown) {
    text.focus();
    const before = text.value.slice(0, text.selectionStart);
    if (before === "" || before.endsWith("\n\n")) markdown = markdown.replace(/^\n+/, "");
    else if (before.endsWith("\n")) markdown = markdown.replace(/^\n+/, "\n");
    if (!document.execCommand("insertText", false, markdown)) {
      text.setRangeText(markdown, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }

  function say(words) {
    status.textContent = words;
  }
}
