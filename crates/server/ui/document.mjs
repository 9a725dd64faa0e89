// Keys of a document: from statement to statement, and between a statement and its words.

import { key } from "./keys.mjs";

const statements = () => [...document.querySelectorAll(".statements ol > li")];

function current() {
  return statements().findIndex((one) => one.classList.contains("current"));
}

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

key("next", "j or ArrowDown", "Next statement", () => show(current() + 1));
key("previous", "k or ArrowUp", "Previous statement", () => show(current() - 1));
