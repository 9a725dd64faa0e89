// How is anything decided? By one request, which tells what was done, offers to take it back, and lets the screen know.

import { post } from "./api.mjs";
import { tell, trouble } from "./workbench.mjs";

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * Decides, tells what was decided with an undo, and fires `sayso:changed` with the answer at the document.
 * @param {{action: string, why?: string}} request as `POST /api/v1/decisions` takes it
 * @param {{quiet?: boolean}} [options] `quiet`: tells nothing where it went well; the screen does
 * @returns the answer, or `undefined` where the server refused; then that was told
 */
export async function decide(request, options = {}) {
  try {
    const done = await post("/decisions", request);
    if (!options.quiet) tell(`${capital(done.told)}.`, { undo: done.decision });
    document.dispatchEvent(new CustomEvent("sayso:changed", { detail: done }));
    return done;
  } catch (problem) {
    trouble(problem);
    return undefined;
  }
}

/** What a decision would change; nothing is kept. */
export const foresee = (request) => post("/decisions/preview", request);
