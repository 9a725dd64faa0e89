// Search by keys: from hit to hit with a preview beside the list, evidence, opening, and questions that are kept.

import { del, post, put } from "./api.mjs";
import { key } from "./keys.mjs";
import { part, tell, trouble } from "./workbench.mjs";

const hits = () => [...document.querySelectorAll("main [data-hit]")];
const current = () => document.querySelector("main [data-hit].current");
const pane = () => document.querySelector("[data-preview-pane]");

let wait;
let asked = 0;

/** Makes a hit the current one. */
function choose(hit) {
  if (!hit) return;
  for (const one of hits()) one.classList.toggle("current", one === hit);
  hit.tabIndex = -1;
  hit.focus({ preventScroll: true });
  hit.scrollIntoView({ block: "nearest" });
  const all = hits();
}

/** Shows what an address leads to at the side, once nobody moves on for a moment. */
function preview(address) {
  if (!pane() || !address) return;
  clearTimeout(wait);
  const number = ++asked;
  wait = setTimeout(async () => {
    try {
      const content = await part(address);
      // Somebody has moved on meanwhile.
      if (number !== asked || !content) return;
      content.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
      content.removeAttribute("id");
      const open = document.createElement("p");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = "Open (Enter)";
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "Close (Esc)";
      close.addEventListener("click", shut);
      open.append(link, " ", close);
      pane().replaceChildren(open, content);
      pane().hidden = false;
      pane().scrollTop = 0;
      document.querySelector(".searched")?.classList.add("previewing");
    } catch (problem) {
      trouble(problem);
    }
  }, 120);
}

/** Closes the preview. @returns {boolean} whether it was open */
function shut() {
  clearTimeout(wait);
  asked++;
  const was = pane() && !pane().hidden;
  if (was) {
    pane().hidden = true;
    pane().replaceChildren();
    document.querySelector(".searched")?.classList.remove("previewing");
    current()?.focus({ preventScroll: true });
  }
  return Boolean(was);
}

function step(by) {
  const all = hits();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  if (next >= all.length) {
    tell("This was the last one here. n turns to the next page.");
    return;
  }
  choose(all[Math.max(0, next)]);
  preview(current().dataset.hit);
}

function pick() {
  const hit = current() ?? hits()[0];
  if (!hit) return;
  choose(hit);
  hit.classList.toggle("picked");
  hit.setAttribute("aria-current", hit.classList.contains("picked") ? "true" : "false");
  const picked = document.querySelectorAll(".hit.picked");
  const links = [...picked].map((one) => new URL(one.dataset.hit, location.href).href);
  tell(`${picked.length} selected. Shift+X copies their addresses.`);
  pick.links = links;
}

async function copy() {
  if (!pick.links?.length) {
    tell("Select hits with x first.");
    return;
  }
  try {
    await navigator.clipboard.writeText(pick.links.join("\n"));
    tell(`${pick.links.length} addresses copied.`);
  } catch {
    tell("The browser does not let addresses be copied here.", { trouble: true });
  }
}

key("next", "j or ArrowDown", "Next hit, with its preview", () => step(1));
key("previous", "k or ArrowUp", "Previous hit", () => step(-1));
key("evidence", "e", "Its evidence", () => {
  const hit = current() ?? hits()[0];
  choose(hit);
  preview(hit?.dataset.evidence ?? hit?.dataset.hit);
});
key("enter", "Enter", "Open it", (event) => {
  const within = event.target instanceof HTMLElement && event.target.closest("a, button, summary, input, label");
  if (within) within.click();
  else if (current()) location.assign(current().dataset.hit);
});
key("pick", "x", "Select it, or no more", pick);
key("copy", "X", "Copy the addresses of those selected", copy);
key("turn", "n", "Next page", () => document.querySelector(".turning a[rel=next]")?.click());
document.addEventListener("sayso:back", (event) => {
  if (shut()) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const hit = event.target instanceof Element ? event.target.closest("[data-hit]") : null;
  if (hit && !event.target.closest("a, button, summary, input") && !getSelection()?.toString()) {
    choose(hit);
    preview(hit.dataset.hit);
  }
});

const keep = document.querySelector("form[data-keep]");
if (keep) {
  keep.hidden = false;
  keep.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(keep);
    try {
      const saved = await post("/saved", Object.fromEntries(fields));
      tell(`Kept as ${saved.name}. It stands on the first page of Search.`);
      keep.reset();
    } catch (problem) {
      trouble(problem);
    }
  });
}

/** A button that does something to a kept question. */
function button(words, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", () => run().catch(trouble));
  return made;
}

for (const item of document.querySelectorAll("[data-saved]")) {
  const link = item.querySelector("a");
  const number = item.dataset.saved;
  const name = () => link.textContent.trim();
  const rename = button("Rename", async () => {
    const field = document.createElement("input");
    field.value = name();
    field.maxLength = 120;
    field.setAttribute("aria-label", `New name of ${name()}`);
    rename.replaceWith(field);
    field.focus();
    const done = async () => {
      field.replaceWith(rename);
      const wanted = field.value.trim();
      if (!wanted || wanted === name()) return;
      const saved = await put(`/saved/${number}`, { name: wanted });
      link.textContent = saved.name;
      tell(`Renamed to ${saved.name}.`);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done().catch(trouble);
    });
    field.addEventListener("blur", () => field.isConnected && field.replaceWith(rename));
  });
  const remove = button("Remove", async () => {
    const { searchParams } = new URL(link.href);
    await del(`/saved/${number}`);
    item.remove();
    tell(`${name()} is kept no more.`);
    const live = document.querySelector("#live .toast");
    live?.append(" ", button("Keep it again", async () => {
      await post("/saved", { name: name(), q: searchParams.get("q") ?? "", as: searchParams.get("as") ?? "events" });
      location.reload();
    }));
  });
  item.append(" ", rename, " ", remove);
}
