// How is the map drawn? MapLibre over the base map that comes with sayso; a dot only where a place is exact, else the area that stands
// for what is known.

import * as maplibre from "./vendor/maplibre-gl/maplibre-gl.mjs";
import { world } from "./world.mjs";

maplibre.setWorkerUrl("/ui/vendor/maplibre-gl/maplibre-gl-worker.mjs");

const FONT = ["system-ui", "Noto Sans", "sans-serif"];
/** The dashes of the outline of each kind of area. */
const DASHES = { near: [1], district: [5, 2], province: [3, 3], region: [1, 3], unsaid: [1, 2] };
const collection = (features) => ({ type: "FeatureCollection", features });

function colours() {
  const styles = getComputedStyle(document.documentElement);
  const of = (name) => styles.getPropertyValue(name).trim();
  return { sea: of("--sea"), land: of("--land"), border: of("--border"), ink: of("--ink"), ground: of("--ground"), mark: of("--mark") };
}

/** Diagonal lines, to be laid over an area. */
function hatch(colour, gap) {
  const canvas = document.createElement("canvas");
  canvas.width = gap;
  canvas.height = gap;
  const pen = canvas.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  for (const shift of [-gap, 0, gap]) {
    pen.beginPath();
    pen.moveTo(shift - 2, gap + 2);
    pen.lineTo(shift + gap + 2, -2);
    pen.stroke();
  }
  return pen.getImageData(0, 0, gap, gap);
}

/** A circle of kilometres on the globe. */
function circle([longitude, latitude], km) {
  const radians = Math.PI / 180;
  const angle = km / 6371;
  const ring = [];
  for (let at = 0; at <= 64; at += 1) {
    const bearing = (at / 64) * 2 * Math.PI;
    const lat = Math.asin(Math.sin(latitude * radians) * Math.cos(angle) + Math.cos(latitude * radians) * Math.sin(angle) * Math.cos(bearing));
    const lon = longitude * radians + Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude * radians), Math.cos(angle) - Math.sin(latitude * radians) * Math.sin(lat));
    ring.push([lon / radians, lat / radians]);
  }
  return { type: "Polygon", coordinates: [ring] };
}

function data(answer) {
  const spots = answer.spots.map((spot, id) => ({
    type: "Feature",
    id,
    properties: { at: id, events: spot.events, vague: spot.precision === "exact" ? 0 : 1, precision: spot.precision },
    geometry: { type: "Point", coordinates: [spot.longitude, spot.latitude] },
  }));
  const areas = answer.spots.flatMap((spot, at) =>
    spot.km > 0 && spot.places === 1
      ? [{ type: "Feature", properties: { at, precision: spot.precision }, geometry: circle([spot.longitude, spot.latitude], spot.km) }]
      : [],
  );
  return { spots: collection(spots), areas: collection(areas), codes: answer.countries.map((wash) => wash.country) };
}

const washes = (codes) => ["in", ["get", "code"], ["literal", codes]];

function layers(colour, codes) {
  const halo = { "text-color": colour.ink, "text-halo-color": colour.ground, "text-halo-width": 1.4 };
  const alone = ["!", ["has", "point_count"]];
  return [
    { id: "sea", type: "background", paint: { "background-color": colour.sea } },
    { id: "land", type: "fill", source: "world", paint: { "fill-color": colour.land } },
    { id: "wash", type: "fill", source: "world", filter: washes(codes), paint: { "fill-pattern": "wash", "fill-opacity": 0.6 } },
    { id: "borders", type: "line", source: "borders", paint: { "line-color": colour.border, "line-width": 0.8 } },
    { id: "areas", type: "fill", source: "areas", paint: { "fill-pattern": "area" } },
    ...Object.entries(DASHES).map(([precision, dashes]) => ({
      id: `outline-${precision}`,
      type: "line",
      source: "areas",
      filter: ["==", ["get", "precision"], precision],
      paint: { "line-color": colour.mark, "line-width": 1.6, "line-dasharray": dashes },
    })),
    {
      id: "names",
      type: "symbol",
      source: "names",
      filter: [">", ["get", "size"], ["step", ["zoom"], 12, 2, 6, 3.5, 3, 5, 0]],
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "symbol-sort-key": ["-", 0, ["get", "size"]] },
      paint: { ...halo, "text-opacity": 0.8 },
    },
    {
      id: "clusters",
      type: "circle",
      source: "spots",
      filter: ["has", "point_count"],
      paint: {
        "circle-color": colour.ground,
        "circle-stroke-color": colour.mark,
        "circle-stroke-width": ["case", [">", ["get", "vague"], 0], 1.5, 4],
        "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "total"]], 0, 12, 4, 18, 9, 30],
      },
    },
    {
      id: "dots",
      type: "circle",
      source: "spots",
      filter: ["all", alone, ["==", ["get", "vague"], 0]],
      paint: { "circle-color": colour.mark, "circle-stroke-color": colour.ground, "circle-stroke-width": 1.5, "circle-radius": ["case", [">", ["get", "events"], 1], 10, 6] },
    },
    {
      id: "counts",
      type: "symbol",
      source: "spots",
      filter: ["any", ["has", "point_count"], [">", ["get", "events"], 1], ["==", ["get", "vague"], 1]],
      layout: {
        "text-field": ["to-string", ["coalesce", ["get", "total"], ["get", "events"]]],
        "text-font": FONT,
        "text-size": 12,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: {
        "text-color": ["case", ["all", alone, ["==", ["coalesce", ["get", "vague"], 0], 0]], colour.ground, colour.ink],
        "text-halo-color": ["case", ["all", alone, ["==", ["coalesce", ["get", "vague"], 0], 0]], colour.mark, colour.ground],
        "text-halo-width": 1.2,
      },
    },
  ];
}

/** Layers for tiles of the user's own, beneath the events. */
async function tiles(map) {
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/ui/vendor/pmtiles/pmtiles.js";
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Error("pmtiles.js does not load")));
    document.head.append(script);
  });
  const { PMTiles, Protocol } = globalThis.pmtiles;
  const protocol = new Protocol();
  const archive = new PMTiles(`${location.origin}/tiles`);
  protocol.add(archive);
  maplibre.addProtocol("pmtiles", protocol.tile);
  const header = await archive.getHeader();
  const url = `pmtiles://${location.origin}/tiles`;
  if (header.tileType > 1 && header.tileType < 6) {
    map.addSource("own", { type: "raster", url, tileSize: 256 });
    map.addLayer({ id: "own", type: "raster", source: "own" }, "wash");
    return;
  }
  map.addSource("own", { type: "vector", url });
  const { vector_layers: all = [] } = await archive.getMetadata();
  const colour = colours();
  for (const { id } of all) {
    map.addLayer({ id: `own-${id}`, type: "line", source: "own", "source-layer": id, paint: { "line-color": colour.border, "line-width": 0.6 } }, "wash");
  }
}

/** Draws the map, and tells what is done with it. */
export async function drawMap(place, first, on) {
  const base = await world();
  let answer = first;
  let shown = data(answer);
  place.replaceChildren();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const style = () => ({
    version: 8,
    sources: {
      world: { type: "geojson", data: base.areas, attribution: "Natural Earth" },
      borders: { type: "geojson", data: base.borders },
      names: { type: "geojson", data: base.names },
      areas: { type: "geojson", data: shown.areas },
      spots: {
        type: "geojson",
        data: shown.spots,
        cluster: true,
        clusterRadius: 40,
        clusterMaxZoom: 12,
        clusterProperties: { total: ["+", ["get", "events"]], vague: ["+", ["get", "vague"]] },
      },
    },
    layers: layers(colours(), shown.codes),
  });
  const map = new maplibre.Map({
    container: place,
    style: style(),
    center: [20, 15],
    zoom: 0.6,
    maxZoom: 16,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: still ? 0 : 200,
    attributionControl: { compact: true },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl());
  const patterns = () => {
    const { mark } = colours();
    for (const [name, gap] of [["wash", 16], ["area", 10]]) {
      if (map.hasImage(name)) map.removeImage(name);
      map.addImage(name, hatch(mark, gap), { pixelRatio: 2 });
    }
  };
  map.on("style.load", patterns);
  await new Promise((done) => map.once("load", done));
  dark.addEventListener("change", () => map.setStyle(style(), { diff: false }));
  if ("tiles" in place.dataset) await tiles(map);

  // Only a move that the person made changes the address.
  let timer;
  map.on("moveend", (event) => {
    if (!event.originalEvent && !event.byHand) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { _sw: sw, _ne: ne } = map.getBounds();
      const all = ne.lng - sw.lng >= 360;
      const wide = all ? [-180, 180] : [sw.lng, ne.lng];
      on.moved([wide[0], Math.max(-90, sw.lat), wide[1], Math.min(90, ne.lat)].map((degrees) => degrees.toFixed(3)).join(","));
    }, 250);
  });
  map.on("movestart", () => document.body.removeAttribute("data-idle"));
  map.on("idle", () => {
    document.body.dataset.idle = "";
  });

  const animate = !still;
  const fit = () => {
    const bounds = new maplibre.LngLatBounds();
    if (on.bbox) {
      const [west, south, east, north] = on.bbox.split(",").map(Number);
      bounds.extend([west, south]).extend([east < west ? east + 360 : east, north]);
    } else {
      answer.spots.forEach((spot) => bounds.extend([spot.longitude, spot.latitude]));
      answer.countries.forEach((wash) => wash.point && bounds.extend(wash.point));
    }
    if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: on.bbox ? 0 : 40, maxZoom: on.bbox ? 16 : 6, animate: false });
  };
  fit();

  const targets = ["clusters", "dots", "counts", "areas", "wash"];
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers: targets }).length ? "pointer" : "";
  });
  map.on("click", async (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: targets });
    if (!found) return;
    if (found.properties.cluster) {
      const zoom = await map.getSource("spots").getClusterExpansionZoom(found.properties.cluster_id);
      map.easeTo({ center: found.geometry.coordinates, zoom, animate }, { byHand: true });
    } else if (found.layer.id === "wash") {
      const wash = answer.countries.find((one) => one.country === found.properties.code);
      if (wash.events === 1) on.event(wash.last);
      else on.place({ place: "country", country: wash.country });
    } else {
      const spot = answer.spots[found.properties.at];
      if (spot.events === 1) on.event(spot.last);
      else if (spot.place) on.place({ place: spot.place });
      else map.easeTo({ center: [spot.longitude, spot.latitude], zoom: map.getZoom() + 2, animate }, { byHand: true });
    }
  });

  return {
    resize: () => map.resize(),
    set(next) {
      answer = next;
      shown = data(answer);
      map.getSource("spots").setData(shown.spots);
      map.getSource("areas").setData(shown.areas);
      map.setFilter("wash", washes(shown.codes));
    },
  };
}
