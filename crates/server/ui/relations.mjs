// Relations: a preview beside whatever tells one, the day that is looked at, and the network drawn.

import { get } from "./api.mjs";
import { key } from "./keys.mjs";
import { part, trouble } from "./workbench.mjs";

const preview = document.getElementById("preview");
const place = document.getElementById("network");
const form = document.getElementById("relation-filters");
let drawn;

const params = () => new URLSearchParams(location.search);
const withMoment = (address) => {
  const moment = params().get("as-of");
  return moment ? `${address}?as-of=${encodeURIComponent(moment)}` : address;
};

/** Shows relations beside: the sentences for and against each. */
async function beside(ids) {
  try {
    const shown = document.createElement("div");
    for (const id of ids) {
      const address = withMoment(`/relation/${encodeURIComponent(id)}`);
      const open = document.createElement("a");
      open.href = address;
      open.textContent = "Open this relation";
      const one = await part(address);
      // A page has one heading of the first order and each id once.
      one.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
      one.querySelectorAll("[aria-labelledby]").forEach((element) => element.removeAttribute("aria-labelledby"));
      shown.append(open, one);
    }
    const head = document.createElement("p");
    head.className = "preview-head";
    const words = document.createElement("strong");
    words.textContent = ids.length > 1 ? `${ids.length} relations` : "Relation";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", hide);
    head.append(words, close);
    preview.replaceChildren(head, shown);
    preview.hidden = false;
    preview.parentElement.classList.add("opened");
    drawn?.resize();
  } catch (problem) {
    trouble(problem);
  }
}

function hide() {
  preview.hidden = true;
  preview.replaceChildren();
  preview.parentElement.classList.remove("opened");
  drawn?.resize();
}

/** All that leads to a relation, in the order of the page. */
const links = () => [...document.querySelectorAll("main .lane-name a, main .ties a[data-relation], main .begin .groups .what a")];

function step(by) {
  const all = links();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (!preview.hidden) beside([idOf(next)]);
}

const idOf = (link) => decodeURIComponent(new URL(link.href).pathname.split("/").pop());

document.querySelector("main").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || preview.contains(event.target)) return;
  const link = event.target.closest("a[href]");
  if (link && new URL(link.href).pathname.startsWith("/relation/")) {
    event.preventDefault();
    beside([idOf(link)]);
  }
});

key("next", "j or ArrowDown", "Next relation", () => step(1));
key("previous", "k or ArrowUp", "Previous relation", () => step(-1));
key("evidence", "e", "The sentences of the relation that has the focus", () => {
  const link = document.activeElement.closest?.("a[href*='/relation/']");
  if (link) beside([idOf(link)]);
});
key("network", "v", "To the network: arrows go from actor to actor, Enter puts one in the middle, e shows its ties", () => place?.focus());
key("day", "t", "To the day: arrows move it", () => (document.querySelector("#scrub input") ?? document.getElementById("on")).focus());
document.addEventListener("sayso:back", (event) => {
  if (preview.hidden) return;
  event.preventDefault();
  hide();
});

/** A slider for the day; the form's field does the same. */
function scrubber() {
  const chart = document.getElementById("lane-chart");
  const first = chart?.dataset.first;
  const last = chart?.dataset.last;
  if (!first || !last) return;
  const day = (text) => Math.round(Date.parse(text) / 86400000);
  const text = (number) => new Date(number * 86400000).toISOString().slice(0, 10);
  const range = document.createElement("input");
  range.type = "range";
  range.min = day(first) - 1;
  range.max = day(last) + 1;
  range.step = Math.max(1, Math.round((day(last) - day(first)) / 200));
  const on = document.getElementById("scrub").dataset.on;
  range.value = on ? day(on) : range.max;
  const told = document.createElement("output");
  const tell = () => {
    told.value = text(Number(range.value));
    range.setAttribute("aria-valuetext", told.value);
  };
  const label = document.createElement("label");
  label.textContent = "As told of the day ";
  label.append(range);
  range.addEventListener("input", tell);
  range.addEventListener("change", () => {
    const next = params();
    next.set("on", text(Number(range.value)));
    go(next);
  });
  const all = document.createElement("button");
  all.type = "button";
  all.textContent = "At any time";
  all.addEventListener("click", () => {
    const next = params();
    next.delete("on");
    go(next);
  });
  tell();
  document.getElementById("scrub").replaceChildren(label, told, all);
}

/** Another day: what stands on the page is replaced, and the network is drawn anew. */
async function go(next) {
  const query = next.toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  form.elements.on.value = next.get("on") ?? "";
  try {
    const fresh = await part(location.href, "main");
    for (const id of ["lanes", "network-section", "matrix"]) {
      const now = document.getElementById(id);
      const then = fresh.querySelector(`#${id}`);
      if (id === "network-section") {
        // The drawing and the slider stay, so that the focus does too.
        for (const selector of ["h2", ".ties", ".turning", ".empty"]) {
          const [old, renewed] = [now.querySelector(selector), then.querySelector(selector)];
          if (old && renewed) old.replaceWith(renewed);
          else if (old) old.hidden = true;
          else if (renewed) now.append(renewed);
        }
      } else if (now && then) now.replaceChildren(...then.childNodes);
    }
    await draw();
  } catch (problem) {
    trouble(problem);
  }
}

async function draw() {
  document.body.removeAttribute("data-idle");
  try {
    const { drawNetwork } = await import("./network-draw.mjs");
    const query = params();
    const answer = await get(`/network?${query}`);
    drawn?.destroy();
    drawn = undefined;
    if (answer.nodes.length > 1) {
      drawn = drawNetwork(place, answer, {
        middle: place.dataset.middle,
        edge: (edge) => edge.relations.length && beside(edge.relations.slice(0, 5).map((relation) => relation.id)),
        actor: (id) => {
          const next = params();
          next.set("actor", id);
          location.search = next.toString();
        },
      });
    } else {
      const none = document.createElement("p");
      none.className = "quiet";
      none.textContent = "There is nothing to draw here.";
      place.replaceChildren(none);
    }
    document.body.dataset.idle = "";
  } catch (problem) {
    const waits = document.getElementById("network-waits");
    if (waits) waits.textContent = `The network cannot be drawn here (${problem.message}). The table below tells the same.`;
    document.body.dataset.idle = "without network";
  }
}

scrubber();
if (place) draw();
