// The map and the bar of time, kept in step with the table: a move of the map, a brushed stretch of time or a filter changes the address,
// and what the server then says of it is shown.

import { get } from "./api.mjs";
import { brush } from "./brush.mjs";
import { key } from "./keys.mjs";
import { part, trouble } from "./workbench.mjs";

const form = document.getElementById("map-filters");
const inStep = document.getElementById("in-step");
const preview = document.getElementById("preview");
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
inStep.before(said);

let drawn; // the map, once it is drawn
let asked = 0; // which change was the last

const params = () => new URLSearchParams(location.search);

/** Changes fields of the address and shows what is then the case. */
async function go(changes) {
  const next = params();
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const query = next.toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  for (const field of form.elements) if (field.name && field.name in changes) field.value = changes[field.name];
  await show();
}

async function show() {
  asked += 1;
  const mine = asked;
  document.body.removeAttribute("data-idle");
  const query = params();
  query.delete("after");
  try {
    const [fresh, answer] = await Promise.all([part(location.href, "#in-step"), drawn ? get(`/map?${query}`) : undefined]);
    if (mine !== asked) return;
    if (fresh?.id === "in-step") {
      inStep.replaceChildren(...fresh.childNodes);
      said.textContent = document.getElementById("counted")?.textContent ?? "";
      begin();
    }
    if (answer) drawn.set(answer);
  } catch (problem) {
    trouble(problem);
  }
}

/** What has to be done with each table and bar of time that the server sends. */
function begin() {
  const bar = document.getElementById("time-bar");
  if (bar) brush(bar, params().get("since") ?? "", params().get("until") ?? "", (since, until) => go({ since, until, after: "" }));
}

const rows = () => [...inStep.querySelectorAll("tr[data-event]")];
const current = () => rows().findIndex((row) => row.classList.contains("current"));

/** Shows a page, or a part of it, beside the map. */
async function beside(address, words) {
  try {
    const shown = await part(address);
    const head = document.createElement("p");
    head.className = "preview-head";
    const open = document.createElement("a");
    open.href = address;
    open.textContent = words;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", hide);
    head.append(open, " ", close);
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
  rows()[current()]?.querySelector("a")?.focus();
}

function choose(at, opens) {
  const all = rows();
  if (!all.length) return;
  const row = all[Math.max(0, Math.min(all.length - 1, at))];
  const link = row.querySelector("a[href]");
  if (opens && row.classList.contains("current") && !preview.hidden) {
    location.assign(link.href);
    return;
  }
  all.forEach((one) => one.classList.toggle("current", one === row));
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  beside(link.href, "Open this event");
}

inStep.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a[href]");
  const row = event.target.closest("tr[data-event]");
  if (row) {
    event.preventDefault();
    choose(rows().indexOf(row), event.detail === 0);
  } else if (link && new URL(link.href).pathname === location.pathname) {
    event.preventDefault();
    history.replaceState(null, "", link.href);
    const query = params();
    for (const field of form.elements) if (field.name && field.type !== "hidden") field.value = query.get(field.name) ?? "";
    show();
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const changes = { after: "", place: "", when: "" };
  for (const field of form.elements) if (field.name && field.type !== "hidden") changes[field.name] = field.value.trim();
  go(changes);
});

key("next", "j or ArrowDown", "Next event, with its preview", () => choose(current() + 1));
key("previous", "k or ArrowUp", "Previous event", () => choose(current() - 1));
key("brush", "t", "To the bar of time: arrows move its ends", () => document.querySelector("#time-bar [role=slider]")?.focus());
key("map", "b", "To the map: arrows move it, + and - come nearer and go back", () => document.querySelector("#map canvas")?.focus());
document.addEventListener("sayso:back", (event) => {
  if (preview.hidden) return;
  event.preventDefault();
  hide();
});
document.addEventListener("sayso:changed", show);

begin();

async function draw() {
  try {
    const { drawMap } = await import("./map-draw.mjs");
    const answer = await get(`/map?${params()}`);
    drawn = await drawMap(document.getElementById("map"), answer, {
      bbox: params().get("bbox"),
      moved: (bbox) => go({ bbox, place: "", after: "" }),
      event: (id) => beside(`/event/${encodeURIComponent(id)}${asOf("?")}`, "Open this event"),
      place: (place) => {
        const query = params();
        query.delete("after");
        Object.entries(place).forEach(([name, value]) => query.set(name, value));
        beside(`/map?${query}`, "Show only these");
      },
    });
  } catch (problem) {
    document.getElementById("map-waits").textContent = `The map cannot be drawn here (${problem.message}). The table below tells the same.`;
    document.body.dataset.idle = "without map";
  }
}

function asOf(joint) {
  const moment = params().get("as-of");
  return moment ? `${joint}as-of=${encodeURIComponent(moment)}` : "";
}

draw();
