// Keys of a document: from statement to statement, between a statement and its words, and from selected words to a new statement.

import { post } from "./api.mjs";
import { asked } from "./dialog.mjs";
import { key } from "./keys.mjs";
import { renew, tell, trouble } from "./workbench.mjs";

const statements = () => [...document.querySelectorAll(".statements ol > li")];
const current = () => statements().findIndex((one) => one.classList.contains("current"));

function show(at) {
  const all = statements();
  if (!all.length) return;
  const next = all[Math.max(0, Math.min(all.length - 1, at))];
  all.forEach((one) => one.classList.toggle("current", one === next));
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  document.getElementById(next.id.replace("s", "e"))?.scrollIntoView({ block: "center" });
}

const points = (text) => [...text].length;

/** The place in the document's text, in code points, of a place on the page; numbers and labels of the page are no text. */
function place(node, offset) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!block) return undefined;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  const before = range.cloneContents();
  before.querySelectorAll(".at, .label").forEach((one) => one.remove());
  return Number(block.dataset.start) + points(before.textContent);
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const text = selection.toString();
  let start = place(range.startContainer, range.startOffset);
  let end = place(range.endContainer, range.endOffset);
  if (start === undefined || end === undefined || end <= start) return undefined;
  start += points(text) - points(text.trimStart());
  end -= points(text) - points(text.trimEnd());
  return end > start ? { start, end } : undefined;
}

let walking = false;

/** Puts a caret at the first word of the text; arrows move it by words, with Shift they select. */
function walk() {
  const block = document.querySelector(".report [data-start]");
  if (!block) return;
  const selection = getSelection();
  if (selection.isCollapsed || !block.parentElement.contains(selection.anchorNode)) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, { acceptNode: (text) => (text.parentElement.closest(".at, .label") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT) });
    const first = walker.nextNode();
    if (!first) return;
    selection.setBaseAndExtent(first, 0, first, 0);
    selection.modify("extend", "forward", "word");
  }
  walking = true;
  tell("Arrows move by words, Shift and arrows select, Enter writes a statement of what is selected, Esc leaves.");
}

document.addEventListener("keydown", (event) => {
  if (!walking || document.querySelector("dialog[open]")) return;
  const selection = getSelection();
  const way = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] }[event.key];
  if (way) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.shiftKey) selection.collapseToEnd();
    if (!event.shiftKey) selection.modify("move", ...way);
    selection.modify("extend", ...(event.shiftKey ? way : ["forward", "word"]));
    selection.focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopImmediatePropagation();
    write();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopImmediatePropagation();
    walking = false;
    selection.removeAllRanges();
  }
}, { capture: true });

const choices = (found, words) => [{ value: "", words: "not told" }, ...found.map((one, at) => ({ value: String(at), words: words(one) }))];
const named = (one) => (one.name && one.name !== one.words.text ? `${one.words.text} (${one.name})` : one.words.text);

/** The fields of a statement that is put together by hand. */
function fields(found) {
  const { codes } = found;
  const types = [...codes.events.map((code) => `event ${code}`), ...codes.relations.map((code) => `relation ${code}`), ...codes.estimates.map((code) => `estimate ${code}`)];
  const kinds = ["killed", "injured", "captured", "displaced", "strength"];
  return [
    { name: "type", words: "What", options: types.map((type) => ({ value: type, words: type.replaceAll("_", " ") })) },
    { name: "modality", words: "How surely", options: ["asserted", "probable", "possible", "unlikely", "future", "hypothetical"].map((one) => ({ value: one, words: one })) },
    { name: "negated", words: "Said not to be so", options: [{ value: "", words: "no" }, { value: "yes", words: "yes" }] },
    { name: "phase", words: "A relation holds, begins or ends", options: ["holds", "begins", "ends"].map((one) => ({ value: one, words: one })) },
    { name: "actor", words: "Who does it", options: choices(found.actors, named) },
    { name: "recipient", words: "To whom", options: choices(found.actors, named) },
    { name: "place", words: "Where", options: choices(found.places, named) },
    { name: "time", words: "When", options: choices(found.times, (one) => `${one.words.text}${one.edtf ? ` (${one.edtf})` : ""}`) },
    { name: "quantity", words: "How many", options: choices(found.quantities, (one) => one.words.text) },
    { name: "of", words: "of", options: kinds.map((one) => ({ value: one, words: one })) },
  ];
}

function composed(found, chosen) {
  const [kind, type] = chosen.type.split(" ");
  const pick = (list, at) => (at === "" || at === undefined ? undefined : list[Number(at)]);
  const statement = { kind, type, modality: chosen.modality, negated: chosen.negated === "yes", evidence: found.evidence, trigger: found.trigger, roles: [] };
  if (kind === "relation") statement.phase = chosen.phase;
  for (const role of ["actor", "recipient"]) {
    const who = pick(found.actors, chosen[role]);
    if (who) statement.roles.push({ role, words: who.words, ...(who.actor_id ? { actor_id: who.actor_id } : {}) });
  }
  const where = pick(found.places, chosen.place);
  if (where) statement.place = { words: where.words };
  const when = pick(found.times, chosen.time);
  if (when) statement.time = { words: when.words };
  const many = pick(found.quantities, chosen.quantity);
  if (many) statement.quantities = [{ of: chosen.of, words: many.words }];
  return statement;
}

async function write() {
  const words = selected();
  if (!words) {
    walk();
    return;
  }
  const of = document.querySelector("main [data-document]").dataset.document;
  try {
    tell("Reading these words…");
    const found = await post("/statements/suggest", { document: of, ...words });
    const told = (one) => `${one.statement.type.replaceAll("_", " ")}${one.statement.roles?.length ? `: ${one.statement.roles.map((role) => role.words.text).join(", ")}` : ""} (${one.confidence.toFixed(2)})`;
    let statement;
    let why = "";
    if (found.read.length) {
      const first = await asked("What do these words state?", [{ name: "read", words: "As the program reads them", options: [...found.read.map((one, at) => ({ value: String(at), words: told(one) })), { value: "", words: "something else…" }] }, { name: "why", words: "Why" }]);
      if (!first) return;
      if (first.read !== "") statement = found.read[Number(first.read)].statement;
      why = first.why;
    }
    if (!statement) {
      const chosen = await asked(`“${found.trigger.text}”`, [...fields(found), { name: "why", words: "Why", value: why }], "What is not told stays unknown.");
      if (!chosen) return;
      statement = composed(found, chosen);
      why = chosen.why;
    }
    const done = await post("/statements", { document: of, why, statement });
    walking = false;
    await renew();
    tell(done.told, { undo: done.decision });
  } catch (problem) {
    trouble(problem);
  }
}

key("next", "j or ArrowDown", "Next statement", () => show(current() + 1));
key("previous", "k or ArrowUp", "Previous statement", () => show(current() - 1));
key("write", "w", "Write a statement of the selected words, or go to the text to select some", write);
key("beside", "b", "Beside the text that it repeats", () => document.querySelector("main a[data-key='b']")?.click());
document.addEventListener("click", (click) => {
  if (click.target.closest?.("[data-do=write]")) write();
});
document.addEventListener("sayso:changed", () => renew());
