// Keys and decisions of one event: settle a value, split off statements, join with another event, give it a status.

import { get } from "./api.mjs";
import { decide, foresee } from "./decide.mjs";
import { asked } from "./dialog.mjs";
import { key } from "./keys.mjs";
import { current, rows } from "./rows.mjs";
import { renew, tell, trouble } from "./workbench.mjs";

const article = () => document.querySelector("main article.event");
const event = () => article()?.dataset.event;

/** After a decision the page may stand under another id. */
function follow(done) {
  const now = done?.became?.[event()];
  if (now && now !== event()) location.assign(`/event/${encodeURIComponent(now)}`);
  else if (done) renew();
}

async function settle() {
  let row = current();
  if (!row?.dataset.attribute) {
    const values = rows().filter((one) => one.dataset.attribute).map((one) => ({ value: JSON.stringify([one.dataset.attribute, one.dataset.value]), words: `${one.dataset.attribute.replaceAll("_", " ")}: ${one.dataset.value}` }));
    const distinct = values.filter((one, at) => values.findIndex((other) => other.value === one.value) === at);
    const chosen = await asked("Settle a value", [{ name: "value", words: "The value to show; the others stay", options: distinct }, { name: "why", words: "Why" }]);
    if (!chosen) return;
    const [attribute, value] = JSON.parse(chosen.value);
    await decide({ action: "settle", event: event(), attribute, value, why: chosen.why });
    return;
  }
  const { attribute, value } = row.dataset;
  const chosen = await asked(`Show ${attribute.replaceAll("_", " ")}: ${value}`, [{ name: "why", words: "Why" }]);
  if (chosen) await decide({ action: "settle", event: event(), attribute, value, why: chosen.why });
}

const picked = () => [...document.querySelectorAll("main [data-members] input[name=out]:checked")].map((one) => one.value);

function pick() {
  const box = current()?.querySelector("input[name=out]") ?? document.querySelector(`main [data-members] [data-statement="${CSS.escape(current()?.dataset.statement ?? "")}"] input[name=out]`);
  if (!box) return;
  box.checked = !box.checked;
  tell(`${picked().length} selected to split off; Shift+X splits them off`);
}

async function split() {
  const out = picked();
  if (!out.length) {
    tell("Select the statements to split off first: the boxes under “Why these are one event”, or x on a row.");
    return;
  }
  const request = { action: "split", event: event(), out, why: "" };
  let words = "";
  try {
    const change = await foresee({ ...request, why: "preview" });
    words = change.told ?? "";
  } catch (problem) {
    trouble(problem);
    return;
  }
  const chosen = await asked(`Split off ${out.length} of the statements`, [{ name: "why", words: "Why are they of another event?", required: true }], words);
  if (chosen) await decide({ ...request, why: chosen.why });
}

async function join() {
  const found = await get(`/events/${encodeURIComponent(event())}/alike`).catch(() => ({ items: [] }));
  const named = (group) => [group.type, group.parties.map((party) => party.name).join(", "), group.place?.name, group.time].filter(Boolean).join(" · ");
  const options = found.items.map((one) => ({ value: one.group.id, words: `${named(one.group)} (${Math.round(one.score * 100)} % alike)` }));
  const chosen = await asked("Join with another event", [
    ...(options.length ? [{ name: "like", words: "One that is like it", options: [{ value: "", words: "none of these" }, ...options] }] : []),
    { name: "other", words: "The id of another event (e-…)", placeholder: "e-…" },
    { name: "why", words: "Why are they one?", required: true },
  ]);
  const other = chosen?.other?.trim() || chosen?.like;
  if (!chosen) return;
  if (!other) {
    tell("Name the event that it is one with.", { trouble: true });
    return;
  }
  await decide({ action: "join", ids: [event(), other], why: chosen.why });
}

async function status() {
  const statuses = ["confirmed", "fair", "weak", "contested", "discounted", "unrealized"];
  const chosen = await asked("Give it a status", [{ name: "status", words: "Status", options: statuses.map((one) => ({ value: one, words: one })) }, { name: "why", words: "Why", required: true }]);
  if (chosen) await decide({ action: "status", event: event(), status: chosen.status, why: chosen.why });
}

const deeds = { settle, split, join, status };
key("settle", "s", "Settle on the value of the row", settle);
key("select", "x", "Select the row's statement to be split off", pick);
key("split", "X", "Split off what is selected", split);
key("join", "m", "Join with another event", join);
key("status", "t", "Give it a status", status);
document.addEventListener("click", (click) => {
  const button = click.target.closest?.("[data-event] button[data-do], button[data-do][data-event]");
  if (button && deeds[button.dataset.do]) deeds[button.dataset.do]();
});
document.addEventListener("sayso:changed", ({ detail }) => follow(detail));
