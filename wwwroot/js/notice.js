// Tells the reader that the page may be out of date: the database did not answer when it was served.
const notice = document.createElement("div");
notice.className = "notice";
// There before its words, or they are not read out.
notice.setAttribute("role", "status");
const main = document.querySelector("main");
main.querySelector(".wrap").prepend(notice);

const answer = await fetch("/etat/avis").catch(() => null);
if (answer?.ok) notice.innerHTML = await answer.text();
else notice.remove();

notice.querySelector("button")?.addEventListener("click", () => {
  notice.remove();
  // Whoever closed it from the keyboard goes on from here.
  main.focus({ preventScroll: true });
});
