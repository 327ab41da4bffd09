// The Markdown of a file, one press away. Without a clipboard it can be selected beside the button.
const status = document.getElementById("p-status");
const list = document.querySelector(".files");

if (navigator.clipboard && list) for (const button of list.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    status.textContent = list.dataset.copied;
    const icon = button.querySelector(".icon");
    icon.className = "icon icon-check";
    setTimeout(() => { icon.className = "icon icon-link"; }, 2000);
  });
}
