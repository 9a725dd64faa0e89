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

/** The values of a statement that a person corrects most, each with its place in the statement. */
function values(of) {
  const found = [
    { path: "/type", words: "type", value: of.type },
    { path: "/modality", words: "how surely", value: of.modality },
    { path: "/negated", words: "said not to be so", value: of.negated },
  ];
  of.roles.forEach((role, at) => found.push({ path: `/roles/${at}/name`, words: `${role.role}: ${role.text}`, value: role.name }, { path: `/roles/${at}/actor_id`, words: `${role.role}: ${role.text}, id`, value: role.actor_id }));
  if (of.place) found.push({ path: "/place/name", words: `where: ${of.place.text}`, value: of.place.name });
  if (of.time) found.push({ path: "/time/edtf", words: `when: ${of.time.text}`, value: of.time.edtf });
  of.quantities.forEach((one, at) => ["low", "best", "high"].forEach((bound) => found.push({ path: `/quantities/${at}/${bound}`, words: `${one.of.replaceAll("_", " ")} “${one.text}”: ${bound}`, value: one[bound] })));
  of.attribution.forEach((link, at) => found.push({ path: `/attribution/${at}/name`, words: `who says so: ${link.source}`, value: link.name }));
  return found;
}

/** What a person wrote, as the kind of value that stood there. */
function typed(text, before) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (typeof before === "boolean") return /^(true|yes|1)$/i.test(trimmed);
  if (typeof before === "number" || /^\d+$/.test(trimmed)) return Number(trimmed);
  return trimmed;
}

export async function correct(id) {
  let of;
  try {
    of = (await get(`/statements/${encodeURIComponent(id)}`)).statement;
  } catch (problem) {
    trouble(problem);
    return;
  }
  const all = values(of);
  const written = (value) => (value === null || value === undefined ? "" : String(value));
  const chosen = await asked("Correct this statement", [...all.map((one) => ({ name: one.path, words: one.words, value: written(one.value) })), { name: "why", words: "Why", required: true }], "Change what is wrong and leave the rest. An empty field is unknown.");
  if (!chosen) return;
  for (const one of all) {
    if (chosen[one.path] === written(one.value)) continue;
    const done = await decide({ action: "correct", statement: id, path: one.path, before: one.value ?? null, after: typed(chosen[one.path], one.value), why: chosen.why });
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
