// What do all screens have in common? The keys that lead anywhere, what is told in passing, and undo.

import { post } from "./api.mjs";
import { help, key } from "./keys.mjs";

const live = document.getElementById("live");

/**
 * Tells something in passing, to eyes and to screen readers.
 * @param {string} words
 * @param {{undo?: number, trouble?: boolean}} [about] `undo`: the decision that a press of the button takes back
 */
export function tell(words, about = {}) {
  const toast = document.createElement("p");
  toast.className = about.trouble ? "toast trouble" : "toast";
  toast.textContent = words;
  if (about.undo !== undefined) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo (u)";
    button.addEventListener("click", () => undo(about.undo));
    toast.append(" ", button);
  }
  live.replaceChildren(toast);
  if (!about.trouble) {
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => toast.remove(), 20000);
  }
}

/** Tells a problem. */
export function trouble(problem) {
  tell(problem.message, { trouble: true });
}

/** Takes back a decision, or the person's last one. */
export async function undo(decision) {
  try {
    const done = await post("/decisions/undo", decision === undefined ? {} : { decision });
    tell(`Undone: ${done.told}`);
    document.dispatchEvent(new CustomEvent("sayso:changed", { detail: done }));
  } catch (problem) {
    trouble(problem);
  }
}

/** Makes hold again what was undone last. */
export async function redo() {
  try {
    const done = await post("/decisions/redo", {});
    tell(`Redone: ${done.told}`);
    document.dispatchEvent(new CustomEvent("sayso:changed", { detail: done }));
  } catch (problem) {
    trouble(problem);
  }
}

/**
 * The main element of another page of the workbench, or the part of it that a preview shows.
 * @param {string} address
 * @param {string} part a selector
 */
export async function part(address, selector = "[data-preview]") {
  const response = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector(selector) ?? page.querySelector("main");
}

/** Puts what the server now says in place of what stands in `main`, and keeps the place on the page. */
export async function renew() {
  const fresh = await part(location.href, "main");
  if (fresh) {
    document.querySelector("main").replaceChildren(...fresh.childNodes);
    document.dispatchEvent(new CustomEvent("sayso:renewed"));
  }
}

const search = () => {
  const field = document.querySelector("main input[type=search]") ?? document.querySelector(".find input[type=search]");
  field?.focus();
  field?.select();
};

/** All places that the palette leads to: the screens, and whatever the page links to under a name. */
function palette() {
  document.querySelector("dialog.palette")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "palette";
  dialog.setAttribute("aria-label", "Go to");
  const form = document.createElement("form");
  form.action = "/";
  const field = document.createElement("input");
  field.type = "text"; // Escape would clear a field for searches before it closes the dialog
  field.name = "q";
  field.setAttribute("aria-label", "Go to, or search for");
  field.placeholder = "Go to, or search for…";
  const list = document.createElement("ul");
  const places = [...document.querySelectorAll(".top nav a, main a[href^='/']")].map((link) => ({ words: link.textContent.trim(), href: link.href })).filter((place) => place.words);
  const show = () => {
    const wanted = field.value.trim().toLowerCase();
    const found = places.filter((place, at) => place.words.toLowerCase().includes(wanted) && places.findIndex((other) => other.href === place.href) === at);
    list.replaceChildren(
      ...found.slice(0, 12).map((place) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = place.href;
        link.textContent = place.words;
        item.append(link);
        return item;
      }),
    );
  };
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
  });
  field.addEventListener("input", show);
  dialog.addEventListener("close", () => dialog.remove());
  form.append(field, list);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  show();
}

const everywhere = { group: "Everywhere" };
key("search", "/", "Search", search, everywhere);
key("help", "?", "Show all keys, and set them", help, everywhere);
key("palette", "Ctrl+k", "Go to any screen or link", palette, { ...everywhere, anywhere: true });
key("undo", "u or Ctrl+z", "Undo your last decision", () => undo(), everywhere);
key("redo", "Shift+Ctrl+z or Shift+Ctrl+Z", "Redo it", redo, everywhere);
key("leave", "Escape", "Leave a field, or go back", (event) => {
  if (document.querySelector("dialog[open]")) return;
  if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select")) event.target.blur();
  else if (!document.dispatchEvent(new CustomEvent("sayso:back", { cancelable: true }))) return;
  else if (history.length > 1) history.back();
}, { ...everywhere, anywhere: true });
for (const link of document.querySelectorAll(".top nav a[data-key]")) {
  key(`go ${link.dataset.key}`, link.dataset.key, `Go to ${link.textContent}`, () => location.assign(link.href), everywhere);
}
const kinds = { d: "documents", e: "events", a: "actors" };
for (const [letter, kind] of Object.entries(kinds)) {
  key(`go ${kind}`, `g ${letter}`, `Go to ${kind}`, () => location.assign(`/?as=${kind}`), everywhere);
}
document.documentElement.dataset.ready = "workbench";
