// Keys of an actor: from item to item, and how it stands to those who look like it.

import { decide } from "./decide.mjs";
import { key } from "./keys.mjs";
import { step } from "./step.mjs";
import { tell } from "./workbench.mjs";

const actor = document.querySelector("[data-actor]");
const items = () => [...document.querySelectorAll(".actor .lines > li")];

const current = () => document.querySelector(".actor .lines > li.current");

function open(selector) {
  const link = current()?.querySelector(selector);
  if (link) location.assign(link.href);
}

key("next", "j or ArrowDown", "Next item", () => step(items(), 1));
key("previous", "k or ArrowUp", "Previous item", () => step(items(), -1));
key("open", "Enter", "Open it", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches("a, button, summary, input")) event.target.click();
  else open("a[href]");
});
key("evidence", "e", "Open its sentence", () => open("a[href*='/statement/'], .evidence a[href], a[href]"));

const form = document.querySelector("form.judge");
if (form && actor) {
  let judgement = "";
  const other = form.elements.other;
  const chosen = () => current()?.dataset.other ?? other.value.trim();

  async function judge(code) {
    const b = chosen();
    if (!b) {
      tell("Choose somebody who looks alike with j and k, or write an id or name first.", { trouble: true });
      other.focus();
      return;
    }
    const done = await decide({ action: "actors", judgement: code, a: actor.dataset.actor, b, why: form.elements.why.value.trim() });
    if (done) form.elements.why.value = "";
  }

  // Which button was pressed is not in the form's data in every browser.
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[name=judgement]") : null;
    if (button) judgement = button.value;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    items().forEach((one) => one.classList.remove("current"));
    judge(judgement || "unsure");
  });
  for (const item of document.querySelectorAll(".alike > li")) {
    item.addEventListener("click", (event) => {
      if (event.target instanceof HTMLAnchorElement) return;
      other.value = item.dataset.other;
      other.focus();
    });
  }
  const keys = { y: ["same", "They are one"], n: ["different", "They are two"], p: ["part-of", "This actor is a part of the other"], h: ["unsure", "It cannot be told"] };
  for (const [letter, [code, words]] of Object.entries(keys)) key(`judge ${code}`, letter, words, () => judge(code), { group: "Who looks alike" });
  // What was judged shows once the page is read again.
  document.addEventListener("sayso:changed", () => setTimeout(refresh, 50));
}

async function refresh() {
  const response = await fetch(location.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const [fresh, old] = [page.querySelector("#identity"), document.querySelector("#identity")];
  if (!fresh || !old) return;
  for (const part of ["ul", "h3", "p.quiet"]) old.querySelectorAll(`:scope > ${part}`).forEach((one) => one.remove());
  const before = old.querySelector("form.judge");
  for (const one of [...fresh.children]) if (!one.matches("h2, form")) old.insertBefore(document.adoptNode(one), before);
}
