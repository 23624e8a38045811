/** Buttons beside a piece of text for one's own file: copy it, or print the page. Without JavaScript they do not show. */

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.querySelector("[data-done]")?.removeAttribute("hidden");
    } catch {
      // No clipboard here: select the text, so that copying by hand is one key.
      window.getSelection()?.selectAllChildren(text);
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
