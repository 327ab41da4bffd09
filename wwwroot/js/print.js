// Buttons that print the page; they are shown where scripts run.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
