// How is a list walked through by keys? One of its items is the current one, and is looked at.

/** Makes the item `by` places further the current one; at an end it stays there. */
export function step(items, by) {
  if (!items.length) return;
  const at = items.findIndex((one) => one.classList.contains("current"));
  const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
  items.forEach((one) => one.classList.toggle("current", one === next));
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
