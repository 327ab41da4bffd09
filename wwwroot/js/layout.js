// What every page needs. Classic and in the head: the reader's choices are applied before the first paint. The theme is a cookie, so that the server can write
// what a user has chosen in their profile; how texts are read stays in this browser.
(() => {
  const root = document.documentElement;
  root.dataset.scripts = "";

  const read = () => document.cookie.match(/(?:^|; )theme=(light|dark|system)(?:;|$)/)?.[1];
  const write = (theme) => { document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`; };

  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.content = meta.dataset[root.dataset.theme ?? meta.dataset.system];
    }
  };

  // What may be chosen beside what is usual, which has no name here.
  const comforts = { text: ["large", "larger", "largest"], spacing: ["wide"], lines: ["wrap"] };

  const setComfort = (name, value) => {
    if (comforts[name].includes(value)) root.dataset[name] = value;
    else delete root.dataset[name];
  };

  const readComforts = () => {
    try {
      const kept = JSON.parse(localStorage.getItem("lecture")) ?? {};
      for (const name in comforts) setComfort(name, kept[name]);
    } catch { /* nothing may be kept: what was chosen lasts as long as the page */ }
  };

  const writeComforts = () => {
    const { text, spacing, lines } = root.dataset;
    try { localStorage.setItem("lecture", JSON.stringify({ text, spacing, lines })); } catch { /* the same */ }
  };

  const choices = () => document.querySelectorAll("input[name=p-theme]");
  const comfortChoices = () => document.querySelectorAll(".comforts input");
  const show = () => {
    // Where cookies are forbidden, the choice lasts as long as the page.
    if (navigator.cookieEnabled) apply(read());
    for (const choice of choices()) choice.checked = choice.value === (root.dataset.theme ?? "system");
    readComforts();
    for (const choice of comfortChoices()) choice.checked = choice.value === (root.dataset[choice.name.slice(2)] ?? "usual");
  };

  apply(read());
  readComforts();

  document.addEventListener("DOMContentLoaded", () => {
    show();
    for (const choice of choices()) choice.addEventListener("change", () => { write(choice.value); apply(choice.value); });
    for (const choice of comfortChoices()) choice.addEventListener("change", () => { setComfort(choice.name.slice(2), choice.checked ? choice.value : "usual"); writeComforts(); });

    // The answer says of itself that it may be out of date.
    const [answer] = performance.getEntriesByType("navigation");
    if (answer?.serverTiming?.some(({ name }) => name === "unvouched")) import("./notice.js");
  });

  // Another tab of the portal may have chosen.
  addEventListener("visibilitychange", () => { if (!document.hidden) show(); });
})();
