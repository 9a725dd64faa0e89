// How is a network drawn? Cytoscape, always in the same way for the same network; one chosen actor stands out with its ties.

import cytoscape from "./vendor/cytoscape/cytoscape.mjs";

/** How the line of each kind of relation is drawn: none by colour. */
const LINES = {
  allied_with: { width: 4, "line-style": "solid" },
  rival_of: { width: 2, "line-style": "dashed", "line-dash-pattern": [2, 5] },
  splinter_of: { width: 2, "line-style": "dashed", "line-dash-pattern": [8, 4], "target-arrow-shape": "tee" },
  part_of: { width: 2, "line-style": "solid", "target-arrow-shape": "diamond" },
  merged_into: { width: 4, "line-style": "solid", "target-arrow-shape": "diamond" },
  pledged_allegiance_to: { width: 3, "line-style": "solid", "target-arrow-shape": "vee" },
  supports: { width: 3, "line-style": "dashed", "line-dash-pattern": [10, 3], "target-arrow-shape": "triangle" },
  linked_to: { width: 2, "line-style": "dotted" },
};

function colours() {
  const styles = getComputedStyle(document.documentElement);
  const of = (name) => styles.getPropertyValue(name).trim();
  return { ink: of("--ink"), ground: of("--card"), faint: of("--faint"), mark: of("--mark"), soft: of("--mark-soft") };
}

function style(colour, scale) {
  return [
    {
      selector: "node",
      style: {
        label: "data(name)", color: colour.ink, "font-size": 12 * scale, "font-family": "system-ui, Noto Sans, sans-serif", "text-wrap": "wrap", "text-max-width": 130 * scale,
        "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": colour.ground, "text-outline-width": 2,
        "background-color": colour.soft, "border-color": colour.mark, "border-width": 2, width: "data(size)", height: "data(size)",
      },
    },
    { selector: "node[?middle]", style: { shape: "diamond", "border-width": 4 } },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier", "line-color": colour.faint, "target-arrow-color": colour.faint, "arrow-scale": 1.1, width: 1,
        label: "data(words)", "font-size": 11 * scale, color: colour.ink, "text-rotation": "autorotate", "text-outline-color": colour.ground, "text-outline-width": 2, "text-opacity": 0,
      },
    },
    ...Object.entries(LINES).map(([code, line]) => ({ selector: `edge[type = "${code}"]`, style: line })),
    { selector: "edge[type != 'events']", style: { "line-color": colour.mark, "target-arrow-color": colour.mark } },
    { selector: "edge[?presumed]", style: { "line-opacity": 0.55 } },
    { selector: ".away", style: { opacity: 0.15 } },
    { selector: "node.chosen", style: { "border-width": 5, "border-style": "double" } },
    { selector: "edge.near, edge.chosen", style: { "text-opacity": 1, "z-index": 5 } },
    { selector: "edge.chosen", style: { "line-color": colour.ink, "target-arrow-color": colour.ink } },
  ];
}

function elements(answer, middle) {
  const ties = (id) => answer.edges.filter((edge) => edge.one === id || edge.other === id).length;
  const nodes = [...answer.nodes].sort((one, other) => (one.id < other.id ? -1 : 1));
  const known = new Set(nodes.map((node) => node.id));
  const lines = answer.edges.flatMap((edge, at) => {
    if (!edge.relations.length) {
      return [{ data: { id: `e${at}`, at, source: edge.one, target: edge.other, type: "events", words: `${edge.events} joint events` } }];
    }
    return edge.relations
      .filter((tied) => known.has(tied.from) && known.has(tied.to))
      .map((tied) => ({
        data: { id: tied.id, at, source: tied.from, target: tied.to, type: tied.type, words: tied.type.replaceAll("_", " ") + (tied.ended ? " (ended)" : ""), presumed: tied.standing === "last-cited" },
      }));
  });
  return [
    ...nodes.map((node, at) => ({
      data: { id: node.id, name: node.name, size: 18 + 4 * Math.min(8, ties(node.id)), middle: node.id === middle },
      position: { x: 300 * Math.cos((2 * Math.PI * at) / nodes.length), y: 200 * Math.sin((2 * Math.PI * at) / nodes.length) },
    })),
    ...lines,
  ];
}

/** Draws the network into an element, and tells what is done with it. */
export function drawNetwork(place, answer, on) {
  const canvas = document.createElement("div");
  canvas.className = "network-canvas";
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  place.replaceChildren(canvas, said);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const network = cytoscape({
    container: canvas,
    elements: elements(answer, on.middle),
    style: style(colours(), 1),
    // From the circle on which all begin, by id: the same network always comes out the same.
    layout: { name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 90, nodeRepulsion: () => 60000, componentSpacing: 90, gravity: 1.2, numIter: 1500, padding: 20 },
    minZoom: 0.2,
    maxZoom: 3,
  });
  // Names are as large as the page's small words, however far out the whole network is.
  const restyle = () => network.style(style(colours(), Math.min(2, Math.max(1, 1 / network.zoom()))));
  restyle();
  network.fit(undefined, 24);
  dark.addEventListener("change", restyle);

  const nodes = network.nodes().sort((one, other) => (one.id() < other.id() ? -1 : 1));
  let chosen = -1;
  let tie = -1;
  function clear() {
    network.elements().removeClass("away chosen near");
  }
  function choose(at) {
    chosen = (at + nodes.length) % nodes.length;
    tie = -1;
    clear();
    const node = nodes[chosen];
    const near = node.closedNeighborhood();
    network.elements().not(near).addClass("away");
    near.edges().addClass("near");
    node.addClass("chosen");
    if (!still) network.animate({ center: { eles: node }, duration: 150 });
    else network.center(node);
    said.textContent = `${node.data("name")}, ${node.connectedEdges().length} ties`;
  }
  function follow(by) {
    if (chosen < 0) choose(0);
    const edges = nodes[chosen].connectedEdges();
    tie = (tie + by + edges.length) % edges.length;
    network.edges().removeClass("chosen");
    const edge = edges[tie];
    edge.addClass("chosen");
    said.textContent = `${edge.source().data("name")} ${edge.data("words")} ${edge.target().data("name")}`;
    on.edge(answer.edges[edge.data("at")]);
  }

  network.on("tap", (event) => {
    if (event.target === network) {
      clear();
      chosen = -1;
    } else if (event.target.isNode()) choose(nodes.indexOf(event.target));
    else {
      network.edges().removeClass("chosen");
      event.target.addClass("chosen");
      on.edge(answer.edges[event.target.data("at")]);
    }
  });
  network.on("dbltap", "node", (event) => on.actor(event.target.id()));

  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", `Network of ${answer.nodes.length} actors. Arrows go from actor to actor, e from tie to tie, Enter puts an actor in the middle. The table below tells the same.`);
  function pressed(event) {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) choose(chosen < 0 && steps[event.key] < 0 ? -1 : chosen + steps[event.key]);
    else if (event.key === "e") follow(1);
    else if (event.key === "Enter" && chosen >= 0) on.actor(nodes[chosen].id());
    else if (event.key === "+" || event.key === "=") network.zoom({ level: network.zoom() * 1.25, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
    else if (event.key === "-") network.zoom({ level: network.zoom() / 1.25, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
    else if (event.key === "Escape" && chosen >= 0) {
      clear();
      chosen = -1;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  place.addEventListener("keydown", pressed);

  return {
    resize() {
      network.resize();
      if (chosen < 0) network.fit(undefined, 20);
      else network.center(nodes[chosen]);
    },
    destroy() {
      place.removeEventListener("keydown", pressed);
      dark.removeEventListener("change", restyle);
      network.destroy();
      place.replaceChildren();
    },
  };
}
