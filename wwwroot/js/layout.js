// What every page needs. Classic and in the head: the reader's choice of a theme is applied before the first paint. A cookie, so that the server can write
// what a user has chosen in their profile.
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

  const choices = () => document.querySelectorAll("input[name=p-theme]");
  const show = () => {
    // Where cookies are forbidden, the choice lasts as long as the page.
    if (navigator.cookieEnabled) apply(read());
    for (const choice of choices()) choice.checked = choice.value === (root.dataset.theme ?? "system");
  };

  apply(read());

  document.addEventListener("DOMContentLoaded", () => {
    show();
    for (const choice of choices()) choice.addEventListener("change", () => { write(choice.value); apply(choice.value); });

    // The answer says of itself that it may be out of date.
    const [answer] = performance.getEntriesByType("navigation");
    if (answer?.serverTiming?.some(({ name }) => name === "unvouched")) import("./notice.js");
  });

  // Another tab of the portal may have chosen.
  addEventListener("visibilitychange", () => { if (!document.hidden) show(); });
})();
