// How are the rows of a screen walked through, and how is one's evidence opened beside them? For every list with `data-open`.

import { key } from "./keys.mjs";
import { part, trouble } from "./workbench.mjs";

/** The rows of the screen: whatever leads somewhere. */
export const rows = () => [...document.querySelectorAll("main [data-open]")].filter((row) => row.offsetParent !== null);

/** The row that the keys act on. */
export const current = () => document.querySelector("main [data-open].current");

/** Makes a row the current one. */
export function choose(row) {
  if (!row) return;
  for (const one of document.querySelectorAll("main .current")) one.classList.remove("current");
  row.classList.add("current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const step = (by) => {
  const all = rows();
  const at = all.indexOf(current());
  choose(all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))]);
  if (document.querySelector(".drawer")) open(current());
};

let asked = 0;

/** Opens what a row leads to beside it; nothing is loaded anew. */
export async function open(row) {
  if (!row) return;
  const number = ++asked;
  try {
    const content = await part(row.dataset.open);
    if (number !== asked || !content) return;
    let drawer = document.querySelector(".drawer");
    if (!drawer) {
      drawer = document.createElement("aside");
      drawer.className = "drawer";
      drawer.setAttribute("aria-label", "Evidence");
      document.querySelector("main").append(drawer);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "Close (Esc)";
    close.addEventListener("click", shut);
    content.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    drawer.replaceChildren(close, content);
    drawer.scrollTop = 0;
  } catch (problem) {
    trouble(problem);
  }
}

/** Closes it. @returns {boolean} whether it was open */
export function shut() {
  asked++;
  const drawer = document.querySelector(".drawer");
  drawer?.remove();
  current()?.focus({ preventScroll: true });
  return Boolean(drawer);
}

key("next", "j or ArrowDown", "Next row", () => step(1));
key("previous", "k or ArrowUp", "Previous row", () => step(-1));
key("evidence", "e", "Open its evidence beside it", () => open(current() ?? rows()[0]));
key("evidence next", "]", "Next evidence", () => { step(1); open(current()); });
key("evidence previous", "[", "Previous evidence", () => { step(-1); open(current()); });
key("enter", "Enter", "Open it", (event) => {
  const within = event.target instanceof HTMLElement && event.target.closest("a, button, summary, input, label");
  if (within) within.click();
  else if (current()) location.assign(current().dataset.open);
});
document.addEventListener("sayso:back", (event) => {
  if (shut()) event.preventDefault();
});
