// Who may see what a page tells of? A curator restricts it, and opens it again.

import { decide } from "./decide.mjs";
import { asked } from "./dialog.mjs";
import { key } from "./keys.mjs";
import { renew } from "./workbench.mjs";

async function sensitivity() {
  const button = document.querySelector("main button[data-do=sensitivity]");
  if (!button) return;
  const id = button.closest("[data-sensitivity]").dataset.sensitivity;
  const restricts = button.dataset.to === "restricted";
  const words = restricts ? "Readers and contributors will not see it, nor the events, relations and series that rest on it." : "Whoever may read the record will see it.";
  const chosen = await asked(restricts ? "Restrict this" : "Open this to all readers", [{ name: "why", words: "Why" }], words);
  if (chosen && (await decide({ action: "sensitivity", id, sensitivity: button.dataset.to, why: chosen.why }))) renew();
}

if (document.querySelector("main [data-sensitivity]")) key("sensitivity", "R", "Restrict this, or open it again", sensitivity);
document.addEventListener("click", (click) => {
  if (click.target.closest?.("button[data-do=sensitivity]")) sensitivity();
});
