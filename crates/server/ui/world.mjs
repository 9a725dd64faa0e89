// The base map that comes with sayso: the countries of Natural Earth, unpacked from ui/vendor/world/world.json.

/** The countries as GeoJSON: areas, borders (without the cuts at 180 degrees) and names. */
export async function world() {
  const response = await fetch("/ui/vendor/world/world.json");
  const { unit, countries } = await response.json();
  const ring = (steps) => {
    const points = [];
    let x = 0;
    let y = 0;
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      points.push([x / unit, y / unit]);
    }
    points.push(points[0]);
    return points;
  };
  const areas = [];
  const borders = [];
  const names = [];
  for (const country of countries) {
    const polygons = country.parts.map((rings) => rings.map(ring));
    const properties = { code: country.code ?? "", name: country.name, size: country.size };
    areas.push({ type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates: polygons } });
    borders.push({ type: "Feature", properties, geometry: { type: "MultiLineString", coordinates: polygons.flat().flatMap(uncut) } });
    names.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: country.label.map((degrees) => degrees / unit) } });
  }
  const collection = (features) => ({ type: "FeatureCollection", features });
  return { areas: collection(areas), borders: collection(borders), names: collection(names) };
}

/** The lines of a ring without those that only close it at 180 degrees or at the pole. */
function uncut(ring) {
  const isCut = (point) => Math.abs(point[0]) === 180 || point[1] === -90;
  const lines = [];
  let line = [ring[0]];
  for (let at = 1; at < ring.length; at += 1) {
    if (isCut(ring[at]) && isCut(ring[at - 1])) {
      if (line.length > 1) lines.push(line);
      line = [ring[at]];
    } else line.push(ring[at]);
  }
  if (line.length > 1) lines.push(line);
  return lines;
}
