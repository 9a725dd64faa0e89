// How is a person asked for a few values? In a dialog that the keyboard alone can answer.

/** How long nothing more is written before suggestions are asked for, in milliseconds. */
const PAUSE = 150;

/** The list that a field offers; where it is suggested, by what is written in it. */
function offered(control, field) {
  const list = document.createElement("datalist");
  list.id = `asked-${field.name}`;
  for (const value of field.list ?? []) list.append(new Option(value));
  control.setAttribute("list", list.id);
  let waiting;
  const fill = async () => {
    const text = control.value.trim();
    const found = text === "" ? [] : await field.suggest(text);
    // Of two answers that overtake each other the one to what stands there now counts.
    if (control.value.trim() === text) list.replaceChildren(...found.map((one) => new Option(one.words, one.value)));
  };
  if (field.suggest) {
    control.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(fill, PAUSE);
    });
  }
  return list;
}

/**
 * Asks.
 * @param {string} title
 * @param {{name: string, words: string, value?: string, options?: {value: string, words: string}[], list?: string[], suggest?: (text: string) => Promise<{value: string, words: string}[]>, required?: boolean, placeholder?: string}[]} fields
 *   `list` is offered as it is, `suggest` for what is written so far
 * @param {string} [words] what it would change
 * @returns {Promise<Record<string, string> | undefined>} the values, or nothing where the person left
 */
export function asked(title, fields, words = "") {
  const dialog = document.createElement("dialog");
  dialog.className = "asked";
  dialog.setAttribute("aria-labelledby", "asked-title");
  const form = document.createElement("form");
  form.method = "dialog";
  const heading = document.createElement("h2");
  heading.id = "asked-title";
  heading.textContent = title;
  form.append(heading);
  if (words) {
    const told = document.createElement("p");
    told.textContent = words;
    form.append(told);
  }
  for (const field of fields) {
    const label = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = field.words;
    let control;
    if (field.options) {
      control = document.createElement("select");
      for (const option of field.options) control.append(new Option(option.words, option.value, false, option.value === field.value));
    } else {
      control = document.createElement("input");
      control.value = field.value ?? "";
      control.placeholder = field.placeholder ?? "";
      control.autocomplete = "off";
      if (field.list || field.suggest) label.append(offered(control, field));
    }
    control.name = field.name;
    control.required = field.required ?? false;
    control.dir = "auto";
    label.append(name, control);
    form.append(label);
  }
  const buttons = document.createElement("p");
  const yes = document.createElement("button");
  yes.value = "yes";
  yes.textContent = "Decide (Enter)";
  const no = document.createElement("button");
  no.type = "button";
  no.textContent = "Leave it (Esc)";
  no.addEventListener("click", () => dialog.close("no"));
  buttons.append(yes, " ", no);
  form.append(buttons);
  dialog.append(form);
  document.body.append(dialog);
  const before = document.activeElement;
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      const values = dialog.returnValue === "yes" ? Object.fromEntries(new FormData(form)) : undefined;
      dialog.remove();
      before?.focus?.({ preventScroll: true });
      answer(values);
    });
    dialog.showModal();
    form.querySelector("select, input")?.focus();
  });
}
