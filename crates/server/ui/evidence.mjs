// From sentence to sentence, on pages that list what tells of something.

import { key } from "./keys.mjs";

const all = () => [...document.querySelectorAll("main .evidence")];

function show(step) {
  const list = all();
  if (!list.length) return;
  const at = list.findIndex((one) => one.classList.contains("current"));
  const next = list[Math.max(0, Math.min(list.length - 1, at + step))];
  list.forEach((one) => one.classList.toggle("current", one === next));
  next.querySelector("a.words")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

key("next", "j or ] or ArrowDown", "Next sentence", () => show(1));
key("previous", "k or [ or ArrowUp", "Previous sentence", () => show(-1));
key("evidence", "e", "To the sentences", () => show(0));
