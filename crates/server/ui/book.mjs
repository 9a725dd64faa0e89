// The record book: from row to row, undo, grades of sources, releases, and the progress of a reading.

import { post } from "./api.mjs";
import { decide } from "./decide.mjs";
import { key } from "./keys.mjs";
import { step } from "./step.mjs";
import { tell, trouble, undo } from "./workbench.mjs";

const rows = () => [...document.querySelectorAll(".book [data-row], .book .codes > div")];

key("next", "j or ArrowDown", "Next row", () => step(rows(), 1));
key("previous", "k or ArrowUp", "Previous row", () => step(rows(), -1));
key("open", "Enter", "Open it", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches("a, button, summary, input, select")) event.target.click();
  else document.querySelector(".book .current a[href]")?.click();
});

const undoing = document.querySelector("button[data-undo]");
if (undoing) {
  const number = Number(undoing.dataset.undo);
  undoing.addEventListener("click", () => undo(number));
  key("undo", "u or Ctrl+z", "Undo this decision", () => undo(number));
}
const redoing = document.querySelector("button[data-redo]");
redoing?.addEventListener("click", async () => {
  try {
    const done = await post("/decisions/redo", { decision: Number(redoing.dataset.redo) });
    tell(`Holds again: ${done.told}`);
    document.dispatchEvent(new CustomEvent("sayso:changed", { detail: done }));
  } catch (problem) {
    trouble(problem);
  }
});
// A decision that was taken back looks otherwise.
if (undoing || redoing) document.addEventListener("sayso:changed", () => setTimeout(() => location.reload(), 600));

for (const form of document.querySelectorAll("form[data-grade]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const grade = form.elements.grade.value;
    if (!grade) {
      tell("Choose a grade first.", { trouble: true });
      return;
    }
    const done = await decide({ action: "reliability", source: form.dataset.grade, grade, why: form.elements.why.value.trim() });
    if (done) form.elements.why.value = "";
  });
}

const releasing = document.querySelector("form[data-release]");
releasing?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = releasing.querySelector("button");
  button.disabled = true;
  tell("Freezing the record; of a large one this takes a while.");
  try {
    const release = await post("/releases", { name: releasing.elements.name.value.trim(), why: releasing.elements.why.value.trim() });
    tell(`The release ${release.name} was made.`);
    location.reload();
  } catch (problem) {
    trouble(problem);
    button.disabled = false;
  }
});

const runs = document.getElementById("runs");
if (runs?.hasAttribute("data-running")) {
  const again = setInterval(async () => {
    const response = await fetch("/book/runs", { headers: { accept: "text/html" }, credentials: "same-origin" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("runs");
    if (!fresh) return;
    runs.replaceChildren(...[...fresh.childNodes].map((one) => document.adoptNode(one)));
    if (!fresh.hasAttribute("data-running")) clearInterval(again);
  }, 5000);
}
