// One question after another, by keys alone. The next one is fetched ahead and shown at once; where the server refuses a decision, the
// question comes back.

import { decide, foresee } from "./decide.mjs";
import { key } from "./keys.mjs";
import { correct } from "./statement.mjs";
import { tell, trouble, undo } from "./workbench.mjs";

const REASONS = {
  reject: ["the words do not say this", "it is about something else", "it is a duplicate in the same text", "it did not happen"],
  join: ["same place, day and victims", "one report follows up the other"],
  apart: ["another place", "another day", "other victims"],
  split: ["another place", "another day", "another incident"],
};
const NEEDS_REASON = new Set(["reject", "join", "apart", "split", "merge"]);
const SKIPS = new Set(["leave"]);

const question = () => document.querySelector("main article[data-question]");
const of = () => question()?.querySelector("[data-of]");
const past = []; // { article, address, onward, decision }
let ahead; // { address, page: Promise<Element | null> }
let work = Promise.resolve();
let waiting; // the act that waits for a reason

async function fetched(address) {
  const response = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("main article[data-question]");
}

function prefetch() {
  const address = question()?.dataset.next;
  ahead = address ? { address, page: fetched(address).catch(() => null) } : undefined;
}

function left() {
  const article = question();
  if (!article?.dataset.left) return "";
  return `, ${article.dataset.left}${article.dataset.more ? " or more" : ""} left`;
}

function shown(article, address) {
  const here = question();
  const count = here?.dataset.left && !here.dataset.more ? Math.max(0, Number(here.dataset.left) - 1) : undefined;
  here.replaceWith(document.adoptNode(article));
  if (count !== undefined && article.dataset.left) article.dataset.left = count;
  const onward = document.querySelector("main .onward a");
  if (onward) {
    onward.parentElement.hidden = !article.dataset.next;
    if (article.dataset.next) onward.href = article.dataset.next;
  }
  if (address) history.replaceState(null, "", address);
  waiting = undefined;
  focus();
}

function focus() {
  const heading = question()?.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
  prefetch();
}

/** Goes on to the next question; what was there is kept, so that it can come back. */
async function onward() {
  const before = { article: question(), address: location.href };
  past.push(before);
  const { address, page } = ahead ?? {};
  const article = address ? await page : null;
  if (article) shown(article, address);
  else if (address) location.assign(address);
  else {
    const none = document.createElement("article");
    none.className = "question none";
    none.dataset.question = "";
    const heading = document.createElement("h1");
    heading.textContent = "Nothing is left here";
    const link = document.createElement("a");
    link.href = "/review";
    link.textContent = "To the buckets";
    none.append(heading, link);
    shown(none);
  }
  return before;
}

function back(before) {
  shown(before.article, before.address);
  const at = past.indexOf(before);
  if (at >= 0) past.splice(at);
}

/** What is sent for an answer. */
function request(act, data, why) {
  const { statement, event, other, a, b } = of().dataset;
  if (question().dataset.mode === "vote" && statement) return { action: "vote", statement, verdict: act, why };
  return {
    accept: { action: "accept", statement },
    reject: { action: "reject", statement },
    split: { action: "split", event, out: [statement] },
    merge: { action: "join", ids: [event, data.other] },
    join: { action: "join", ids: [event, other] },
    apart: { action: "apart", a: event, b: other },
    settle: { action: "settle", event, attribute: data.attribute, value: data.value },
    same: { action: "actors", judgement: "same", a, b },
    different: { action: "actors", judgement: "different", a, b },
    "part-of": { action: "actors", judgement: "part-of", a, b },
    unsure: { action: "actors", judgement: "unsure", a, b },
    together: { action: "origin", a, b, origin: "together" },
    "apart-texts": { action: "origin", a, b, origin: "apart" },
  }[act];
}

async function give(act, data = {}, why = "") {
  const sent = { ...request(act, data, why), why };
  const before = await onward();
  work = work.then(async () => {
    const done = await decide(sent, { quiet: true });
    if (!done) {
      back(before);
      return;
    }
    before.decision = done.decision;
    tell(`${done.told.charAt(0).toUpperCase()}${done.told.slice(1)}${left()}.${done.linked ? "" : " Events follow shortly."}`, { undo: done.decision });
  });
}

/** Asks for the reason: a digit takes one of those that are given most, or any other is written. */
function ask(act, data) {
  const place = question().querySelector(".why");
  const given = (question().dataset.reasons ?? "").split("\n").filter(Boolean);
  const all = [...new Set([...(REASONS[act] ?? REASONS.join), ...given])].slice(0, 9);
  waiting = { act, data, all };
  const heading = document.createElement("h2");
  heading.textContent = "Why?";
  const list = document.createElement("div");
  list.className = "acts";
  all.forEach((reason, at) => {
    const button = document.createElement("button");
    button.type = "button";
    const digit = document.createElement("kbd");
    digit.textContent = at + 1;
    button.append(digit, ` ${reason}`);
    button.addEventListener("click", () => give(act, data, reason));
    list.append(button);
  });
  const form = document.createElement("form");
  const label = document.createElement("label");
  label.textContent = "Another (w) ";
  const field = document.createElement("input");
  field.name = "why";
  field.required = true;
  field.autocomplete = "off";
  field.dir = "auto";
  label.append(field);
  form.append(label);
  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    if (field.value.trim()) give(act, data, field.value.trim());
  });
  place.replaceChildren(heading, list, form);
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

async function merge() {
  const place = question().querySelector(".why");
  const form = document.createElement("form");
  const label = document.createElement("label");
  label.textContent = "Join its event with the event (id or address) ";
  const field = document.createElement("input");
  field.required = true;
  field.autocomplete = "off";
  label.append(field);
  form.append(label);
  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const other = decodeURIComponent(field.value.trim().split("?")[0].split("/").pop() ?? "");
    if (other) ask("merge", { other });
  });
  place.replaceChildren(form);
  place.hidden = false;
  field.focus();
}

async function foreseen() {
  try {
    const told = await foresee({ action: "reject", statement: of().dataset.statement, why: "" });
    const changes = told.changes.map((one) => `${one.name}: ${one.turn === "changed" ? one.differences.join(", ") : one.turn === "made" ? "new" : "no more"}`);
    tell(changes.length ? `Rejecting it would change ${changes.join("; ")}.` : "Rejecting it would change no event, relation or series.");
  } catch (problem) {
    trouble(problem);
  }
}

function act(name, data = {}) {
  const button = question()?.querySelector(`[data-act="${name}"]`);
  if (!button) return;
  if (SKIPS.has(name)) {
    onward().then(() => tell(`Left open${left()}.`));
  } else if (name === "correct" && question().dataset.mode !== "vote") corrected();
  else if (name === "merge") merge();
  else if (name === "foresee") foreseen();
  else if (name === "split" && !of().dataset.event) tell("It stands in no event.");
  else if (NEEDS_REASON.has(name) && question().dataset.mode !== "vote") ask(name, data);
  else give(name, data);
}

/** The form of `c`; where a value was corrected, the next question comes. */
async function corrected() {
  let changed;
  const note = (event) => (changed = event.detail?.decision);
  document.addEventListener("sayso:changed", note);
  await correct(of().dataset.statement);
  document.removeEventListener("sayso:changed", note);
  if (changed !== undefined) (await onward()).decision = changed;
}

/** The answer that the page has under a key. */
const byKey = (letter) => () => {
  const button = [...(question()?.querySelectorAll("[data-act]") ?? [])].find((one) => one.querySelector("kbd")?.textContent === letter);
  if (button) act(button.dataset.act, button.dataset);
};

function digit(number) {
  if (waiting) {
    const reason = waiting.all[number - 1];
    if (reason) give(waiting.act, waiting.data, reason);
    return;
  }
  const value = question()?.querySelector(`[data-digit="${number}"]`);
  if (value) act("settle", value.dataset);
  document.querySelector(`.buckets [data-number="${number}"] a`)?.click();
}

let evidence = -1;
function step(by) {
  const all = [...(question()?.querySelectorAll("[data-evidence], figure.evidence") ?? [])];
  if (!all.length) return;
  evidence = Math.max(0, Math.min(all.length - 1, evidence + by));
  const one = all[evidence];
  one.tabIndex = -1;
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "center" });
}

const group = { group: "Review" };
key("accept", "y", "Yes: accept, one event, one actor, one text", byKey("y"), group);
key("reject", "n", "No: reject, two events, two actors, two texts", byKey("n"), group);
key("unsure", "h", "Leave it open, or say that it cannot be told", byKey("h"), group);
key("correct", "c", "Correct a value", byKey("c"), group);
key("merge", "m", "Join its event with another", byKey("m"), group);
key("split", "x", "Take it out as another event", byKey("x"), group);
key("part", "p", "Part of, or what rejecting would change", byKey("p"), group);
key("evidence", "e", "Open the evidence", () => question()?.querySelector("figcaption a, [data-evidence] a")?.click(), group);
key("next evidence", "]", "Next evidence", () => step(1), group);
key("previous evidence", "[", "Previous evidence", () => step(-1), group);
key("why", "w", "Write another reason", () => question()?.querySelector(".why input")?.focus(), group);
for (let number = 1; number <= 9; number += 1) key(`digit ${number}`, String(number), number === 1 ? "Take the reason, value or bucket of this number" : `The same of ${number}`, () => digit(number), group);
key("undo", "u or Ctrl+z", "Undo your last decision", () => (work = work.then(() => undo())), { group: "Everywhere" });

document.addEventListener("sayso:back", (event) => {
  if (!waiting) return;
  event.preventDefault();
  waiting = undefined;
  question().querySelector(".why").hidden = true;
});
document.addEventListener("sayso:changed", (event) => {
  const undone = past.find((one) => one.decision !== undefined && one.decision === event.detail?.decision);
  // A decision that was just made has no number here yet: what comes back with one was undone.
  if (undone) back(undone);
});
document.addEventListener("click", (click) => {
  const button = click.target.closest?.("[data-act]");
  if (button) act(button.dataset.act, button.dataset);
});
if (question()) focus();
