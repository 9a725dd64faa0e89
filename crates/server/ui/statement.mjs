// Decisions on one statement, wherever it is shown: on its own page, beside a list, in its document.

import { get } from "./api.mjs";
import { decide } from "./decide.mjs";
import { asked } from "./dialog.mjs";
import { key } from "./keys.mjs";
import { trouble } from "./workbench.mjs";

/** The statement that the keys act on: of what is open at the side, else the current row's, else the page's own. */
function statement() {
  const open = document.querySelector(".drawer [data-statement]") ?? document.querySelector("main .current[data-statement]") ?? document.querySelector("main article[data-statement]");
  return open?.dataset.statement;
}

export const accept = (id) => decide({ action: "accept", statement: id, why: "" });

export async function reject(id) {
  const chosen = await asked("Reject this statement", [{ name: "why", words: "Why is it not what the words say?", required: true }]);
  if (chosen) await decide({ action: "reject", statement: id, why: chosen.why });
}

/** Actors whose names begin as is written, the last word being perhaps half written. */
async function actors(text, told) {
  try {
    const found = await get(`/search?${new URLSearchParams({ as: "actors", q: `${text}*`, limit: "8" })}`);
    return found.hits.map(told);
  } catch {
    // Without suggestions the field still takes what is written.
    return [];
  }
}
const byName = (text) => actors(text, (hit) => ({ value: hit.name, words: hit.id }));
const byId = (text) => actors(text, (hit) => ({ value: hit.id, words: hit.name }));

/** The codes of a scheme to choose from, and what stands there, should it be none of them. */
function codes(book, scheme, value) {
  const known = book.schemes.find((one) => one.id === scheme)?.codes.map((one) => one.code) ?? [];
  return [...new Set([value, ...known])].map((code) => ({ value: code, words: code.replaceAll("_", " ") }));
}
const asItIs = (text) => text;
const yesOrNo = [{ value: "false", words: "no" }, { value: "true", words: "yes" }];

/** The values of a statement that a person corrects most, each with its place in the statement and how what is written becomes one. */
function values(of, book) {
  const found = [
    { path: "/type", words: "type", value: of.type, options: codes(book, of.kind, of.type), typed: asItIs },
    { path: "/modality", words: "how surely", value: of.modality, options: codes(book, "modality", of.modality), typed: asItIs },
    { path: "/negated", words: "said not to be so", value: of.negated, options: yesOrNo, typed: (text) => text === "true" },
  ];
  of.roles.forEach((role, at) => {
    const who = `${role.role}: ${role.text}`;
    found.push({ path: `/roles/${at}/name`, words: who, value: role.name, suggest: byName, typed: asItIs });
    found.push({ path: `/roles/${at}/actor_id`, words: `${who}, id`, value: role.actor_id, suggest: byId, typed: asItIs });
  });
  if (of.place) found.push({ path: "/place/name", words: `where: ${of.place.text}`, value: of.place.name, typed: asItIs });
  if (of.time) found.push({ path: "/time/edtf", words: `when: ${of.time.text}`, value: of.time.edtf, typed: asItIs });
  of.quantities.forEach((one, at) => ["low", "best", "high"].forEach((bound) => found.push({ path: `/quantities/${at}/${bound}`, words: `${one.of.replaceAll("_", " ")} “${one.text}”: ${bound}`, value: one[bound], typed: number })));
  of.attribution.forEach((link, at) => found.push({ path: `/attribution/${at}/name`, words: `who says so: ${link.source}`, value: link.name, suggest: byName, typed: asItIs }));
  return found;
}

/** A number where one is written; else the words, which the record refuses with its reason. */
const number = (text) => (/^\d+$/.test(text) ? Number(text) : text);

export async function correct(id) {
  let of;
  let book;
  try {
    [{ statement: of }, book] = await Promise.all([get(`/statements/${encodeURIComponent(id)}`), get("/codebook")]);
  } catch (problem) {
    trouble(problem);
    return;
  }
  const all = values(of, book);
  const written = (value) => (value === null || value === undefined ? "" : String(value));
  const chosen = await asked("Correct this statement", [...all.map((one) => ({ name: one.path, words: one.words, value: written(one.value), options: one.options, suggest: one.suggest })), { name: "why", words: "Why", required: true }], "Change what is wrong and leave the rest. An empty field is unknown.");
  if (!chosen) return;
  for (const one of all) {
    const text = chosen[one.path].trim();
    if (text === written(one.value)) continue;
    const done = await decide({ action: "correct", statement: id, path: one.path, before: one.value ?? null, after: text === "" ? null : one.typed(text), why: chosen.why });
    if (!done) return;
  }
}

const deeds = { accept, reject, correct };
const on = (deed) => () => {
  const id = statement();
  if (id) deed(id);
};
key("accept", "y", "Accept the statement", on(accept), { group: "Statement" });
key("reject", "n", "Reject it", on(reject), { group: "Statement" });
key("correct", "c", "Correct a value of it", on(correct), { group: "Statement" });
document.addEventListener("click", (click) => {
  const button = click.target.closest?.("[data-decide][data-statement] button[data-do]");
  if (button) deeds[button.dataset.do]?.(button.closest("[data-statement]").dataset.statement);
});
