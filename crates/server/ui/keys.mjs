// Which key does what? One map for all screens: each screen adds its keys, `?` shows them, and each person may set others or switch
// single keys off.

const STORED = "sayso.keys";
const registered = []; // { id, keys, words, group, run, anywhere }
let begun = ""; // the first key of a pair like "g e"
let begunAt = 0;

function settings() {
  try {
    return { off: false, keys: {}, ...JSON.parse(localStorage.getItem(STORED) ?? "{}") };
  } catch {
    return { off: false, keys: {} };
  }
}

function keep(changed) {
  try {
    localStorage.setItem(STORED, JSON.stringify(changed));
  } catch {
    // Without storage a choice lasts as long as the page.
  }
}

/**
 * Adds a key.
 * @param {string} id under which a person's own choice is kept
 * @param {string} keys as "j", "g e", "Ctrl+k", "Shift+Ctrl+z"; several with " or " between
 * @param {string} words what it does, for the help
 * @param {(event: KeyboardEvent) => void} run
 * @param {{group?: string, anywhere?: boolean}} [options] `anywhere`: also while a field has the focus
 */
export function key(id, keys, words, run, options = {}) {
  const at = registered.findIndex((one) => one.id === id);
  const one = { id, keys, words, run, group: options.group ?? "This screen", anywhere: options.anywhere ?? false };
  if (at < 0) registered.push(one);
  else registered[at] = one;
}

/** The keys of an action, as the person has set them. */
export function keysOf(id) {
  const one = registered.find((each) => each.id === id);
  return one ? (settings().keys[id] ?? one.keys) : "";
}

function written(event) {
  const name = event.key.length === 1 ? (event.ctrlKey || event.metaKey ? event.key.toLowerCase() : event.key) : event.key;
  const shifted = event.shiftKey && (event.key.length > 1 || event.ctrlKey || event.metaKey);
  return `${shifted ? "Shift+" : ""}${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${name}`;
}

function writes(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !/^(checkbox|radio|button|submit)$/.test(target.getAttribute("type") ?? "");
}

function pressed(event) {
  // While something is asked in a dialog, keys are that dialog's.
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const { off, keys } = settings();
  const name = written(event);
  const plain = !name.includes("Ctrl+") && !name.includes("Alt+");
  const single = plain && name.length === 1;
  if (single && off) return;
  const inField = writes(event.target);
  const pair = begun && event.timeStamp - begunAt < 1500 ? `${begun} ${name}` : "";
  begun = "";
  for (const one of registered) {
    const all = (keys[one.id] ?? one.keys).split(" or ");
    if (inField && !one.anywhere) continue;
    if (pair ? all.includes(pair) : all.includes(name)) {
      event.preventDefault();
      one.run(event);
      return;
    }
  }
  const begins = registered.some((one) => (keys[one.id] ?? one.keys).split(" or ").some((each) => each.startsWith(`${name} `)));
  if (!inField && single && begins) {
    begun = name;
    begunAt = event.timeStamp;
  }
}

/** Shows all keys, to be read and set. */
export function help() {
  document.querySelector("dialog.keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-heading");
  const chosen = settings();
  const heading = document.createElement("h2");
  heading.id = "keys-heading";
  heading.textContent = "Keys";
  const form = document.createElement("form");
  form.method = "dialog";
  for (const group of new Set(registered.map((one) => one.group))) {
    const title = document.createElement("h3");
    title.textContent = group;
    const list = document.createElement("div");
    list.className = "key-list";
    for (const one of registered.filter((each) => each.group === group)) {
      const label = document.createElement("label");
      const words = document.createElement("span");
      words.textContent = one.words;
      const field = document.createElement("input");
      field.name = one.id;
      field.value = chosen.keys[one.id] ?? one.keys;
      field.size = 12;
      label.append(field, words);
      list.append(label);
    }
    form.append(title, list);
  }
  const off = document.createElement("label");
  off.className = "keys-off";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "off";
  box.checked = chosen.off;
  off.append(box, "Switch off keys that are a single letter or sign");
  const buttons = document.createElement("p");
  const done = document.createElement("button");
  done.textContent = "Keep and close";
  done.value = "keep";
  const reset = document.createElement("button");
  reset.textContent = "As they were at first";
  reset.value = "reset";
  buttons.append(done, " ", reset);
  form.append(off, buttons);
  dialog.append(heading, form);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "reset") keep({ off: false, keys: {} });
    if (dialog.returnValue === "keep") {
      const own = {};
      for (const one of registered) {
        const value = form.elements[one.id]?.value.trim();
        if (value && value !== one.keys) own[one.id] = value;
      }
      // Choices for keys of other screens stay.
      const others = Object.fromEntries(Object.entries(chosen.keys).filter(([id]) => !registered.some((one) => one.id === id)));
      keep({ off: box.checked, keys: { ...others, ...own } });
    }
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  done.focus();
}

document.addEventListener("keydown", pressed);
