// What every page needs. Classic and in the head: the reader's choice of a theme is applied before the first paint. Kept in this browser only.
(() => {
  const root = document.documentElement;
  const key = "theme";
  root.dataset.scripts = "";

  // Storage may be forbidden; the choice then lasts as long as the page.
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (theme) => { try { localStorage.setItem(key, theme); } catch { /* as above */ } };

  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.content = meta.dataset[root.dataset.theme ?? meta.dataset.system];
    }
  };

  apply(read());

  document.addEventListener("DOMContentLoaded", () => {
    apply(read());
    for (const choice of document.querySelectorAll("input[name=p-theme]")) {
      choice.checked = choice.value === (root.dataset.theme ?? "system");
      choice.addEventListener("change", () => { write(choice.value); apply(choice.value); });
    }

    // The answer says of itself that it may be out of date.
    const [answer] = performance.getEntriesByType("navigation");
    if (answer?.serverTiming?.some(({ name }) => name === "unvouched")) import("./notice.js");
  });

  // Another tab of the portal chose.
  addEventListener("storage", (event) => { if (event.key === key) apply(event.newValue); });
})();
