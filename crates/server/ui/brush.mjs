// A stretch of the bar of time is chosen by dragging over it, or by its two ends with the arrow keys. (The form's two fields choose it
// without either.)

/**
 * @param {HTMLElement} bar holds the chart, whose steps say their days
 * @param {string} since
 * @param {string} until
 * @param {(since: string, until: string) => void} chosen
 */
export function brush(bar, since, until, chosen) {
  const chart = bar.querySelector("svg.chart");
  const steps = [...chart.querySelectorAll("g.step")].map((step) => ({ first: step.dataset.first, last: step.dataset.last, step }));
  if (!steps.length) return;
  const end = steps.length - 1;
  let from = since ? Math.max(0, steps.findIndex((step) => step.last >= since)) : 0;
  let to = until ? steps.findLastIndex((step) => step.first.slice(0, until.length) <= until) : end;
  if (to < from) to = from;

  const frame = document.createElement("div");
  frame.className = "brush";
  const handles = [handle("First day shown"), handle("Last day shown")];
  frame.append(...handles);
  bar.prepend(frame);

  function handle(words) {
    const one = document.createElement("div");
    one.className = "brush-end";
    one.tabIndex = 0;
    one.setAttribute("role", "slider");
    one.setAttribute("aria-label", words);
    one.setAttribute("aria-valuemin", "0");
    one.setAttribute("aria-valuemax", String(end));
    return one;
  }

  function show() {
    const part = (at) => `${(100 * at) / steps.length}%`;
    frame.style.left = part(from);
    frame.style.width = part(to - from + 1);
    handles[0].setAttribute("aria-valuenow", String(from));
    handles[0].setAttribute("aria-valuetext", steps[from].first);
    handles[1].setAttribute("aria-valuenow", String(to));
    handles[1].setAttribute("aria-valuetext", steps[to].last);
    steps.forEach(({ step }, at) => step.toggleAttribute("data-out", at < from || at > to));
  }

  let timer;
  function settle(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      brush.focus = handles.indexOf(document.activeElement);
      const all = from === 0 && to === end;
      chosen(all ? "" : steps[from].first, all ? "" : steps[to].last);
    }, wait);
  }

  handles.forEach((one, which) => {
    one.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -end, End: end };
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (which === 0) from = Math.max(0, Math.min(to, from + move));
      else to = Math.max(from, Math.min(end, to + move));
      show();
      settle(350);
    });
  });

  const at = (event) => {
    const { left, width } = chart.getBoundingClientRect();
    return Math.max(0, Math.min(end, Math.floor(((event.clientX - left) / width) * steps.length)));
  };
  let begun;
  bar.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const which = handles.indexOf(event.target);
    begun = which === 0 ? to : which === 1 ? from : at(event);
    bar.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  bar.addEventListener("pointermove", (event) => {
    if (begun === undefined) return;
    from = Math.min(begun, at(event));
    to = Math.max(begun, at(event));
    show();
  });
  bar.addEventListener("pointerup", () => {
    if (begun === undefined) return;
    begun = undefined;
    settle(0);
  });

  show();
  if (brush.focus >= 0) handles[brush.focus].focus({ preventScroll: true });
  brush.focus = -1;
}
brush.focus = -1;
