"""Is what `sayso export` writes what its neighbours read? Each format by its own library; ends with status 1 and the reason where not."""

import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])


def fail(what, why):
    sys.exit(f"{what}: {why}")


def check(what, holds, why):
    if not holds:
        fail(what, why)


def lists():
    import openpyxl
    import pandas

    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
    table = pandas.read_csv(folder / "events.csv", keep_default_na=False)
    check("csv", list(table["id"]) == [line["id"] for line in lines], "the events are not those of JSON lines")
    sheet = openpyxl.load_workbook(folder / "events.xlsx", read_only=True)["events"]
    rows = list(sheet.iter_rows(values_only=True))
    check("xlsx", [row[0] for row in rows[1:]] == list(table["id"]), "the events are not those of CSV")
    return {line["id"]: line for line in lines}


def shaped(events):
    import pandas

    whole = {name: "Int64" for name in ("year", "time_precision", "iso", "geo_precision", "fatalities", "timestamp")}
    acled = pandas.read_csv(folder / "events-acled-shaped-not-acled.csv", dtype=whole, parse_dates=["event_date"])
    check("acled", list(acled.columns[:31])[0] == "event_id_cnty" and acled.columns[30] == "timestamp", "its columns are not ACLED's")
    check("acled", all(name.startswith("x_") for name in acled.columns[31:]), "a column of ours has no x_")
    check("acled", acled["x_not_acled"].notna().all(), "a row does not say that it is not ACLED's")
    check("acled", str(acled["event_date"].dtype).startswith("datetime64"), "its dates are none")
    check("acled", acled["time_precision"].dropna().isin([1, 2, 3]).all(), "a time_precision that ACLED does not have")
    check("acled", acled["geo_precision"].dropna().isin([1, 2, 3]).all(), "a geo_precision that ACLED does not have")
    check("acled", acled["latitude"].dropna().between(-90, 90).all() and acled["longitude"].dropna().between(-180, 180).all(), "coordinates off the Earth")
    for _, row in acled.iterrows():
        counts = {count["of"]: count for count in events[row["x_event_id"]]["counts"]}
        check("acled", "killed" in counts or pandas.isna(row["fatalities"]), f"{row['x_event_id']} has fatalities that nobody told")

    whole = {name: "Int64" for name in ("id", "year", "type_of_violence", "number_of_sources", "where_prec", "priogrid_gid", "event_clarity", "date_prec", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")}
    ged = pandas.read_csv(folder / "events-ged-shaped-not-ucdp.csv", dtype=whole, parse_dates=["date_start", "date_end"])
    check("ged", len([name for name in ged.columns if not name.startswith("x_")]) == 49, "it has not UCDP's 49 columns")
    check("ged", ged["type_of_violence"].dropna().isin([1, 2, 3]).all() and ged["where_prec"].dropna().between(1, 7).all(), "codes that UCDP does not have")
    told = ged.dropna(subset=["best"])
    parts = told[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].fillna(0).sum(axis=1)
    check("ged", (parts == told["best"]).all(), "deaths of the sides do not add up to best")
    bounded = told.dropna(subset=["low", "high"])
    check("ged", ((bounded["low"] <= bounded["best"]) & (bounded["best"] <= bounded["high"])).all(), "best lies outside low and high")
    check("ged", (ged["id"] > 2**52).all() and ged["id"].is_unique, "ids that UCDP could give")

    polecat = pandas.read_csv(folder / "events-polecat-shaped-not-polecat.tsv", sep="\t")
    check("polecat", len([name for name in polecat.columns if not name.startswith("x_")]) == 40, "it has not POLECAT's 40 columns")
    check("polecat", polecat["Quad Code"].isin(["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"]).all(), "a quad code that PLOVER does not have")


def maps(events):
    import pyogrio

    collection = json.loads((folder / "events.geojson").read_text())
    check("geojson", {feature["id"] for feature in collection["features"]} == set(events), "the events are not those of JSON lines")
    for feature in collection["features"]:
        geometry, precision = feature["geometry"], feature["properties"]["precision"]
        kind = geometry and geometry["type"]
        fits = {"exact": ["Point"], "country": [None], None: [None]}.get(precision, ["Polygon", "MultiPolygon"])
        check("geojson", kind in fits, f"{feature['id']}, known as {precision}, is drawn as {kind}")
    read = pyogrio.raw.read(folder / "events.geojson", columns=["event_id"])
    check("geojson", len(read[2]) == len(events), "GDAL reads another number of events")

    package = folder / "events.gpkg"
    layers = dict(pyogrio.list_layers(package))
    check("gpkg", layers == {"events_exact": "Point", "events_areas": "MultiPolygon", "events_unplaced": None, "statements": None, "origin": None}, f"its layers are {layers}")
    number = sum(pyogrio.read_info(package, layer=layer)["features"] for layer in layers if layer.startswith("events"))
    check("gpkg", number == len(events), f"{number} of {len(events)} events")
    for layer in ("events_exact", "events_areas"):
        info = pyogrio.read_info(package, layer=layer)
        check("gpkg", info["crs"] == "EPSG:4326" and info["capabilities"]["fast_spatial_filter"], f"{layer} has no system or index")
        if info["features"]:
            west, south, east, north = info["total_bounds"]
            box = (west - 1e-6, south - 1e-6, east + 1e-6, north + 1e-6)
            within = pyogrio.raw.read(package, layer=layer, bbox=box, columns=["event_id"])
            check("gpkg", len(within[2]) == info["features"], f"the index of {layer} does not find all")
            off = pyogrio.raw.read(package, layer=layer, bbox=(-170.0, -80.0, -169.0, -79.0), columns=["event_id"])
            check("gpkg", len(off[2]) == 0, f"the index of {layer} finds what is elsewhere")
    geopackage_itself(package)

    placed = pyogrio.raw.read(folder / "events.kml", columns=["event_id"])
    check("kml", len(placed[2]) == len(events), "GDAL reads another number of events")


def geopackage_itself(package):
    """What the standard asks and GDAL forgives."""
    import sqlite3

    with sqlite3.connect(package) as file:
        one = lambda sql: file.execute(sql).fetchone()[0]
        check("gpkg", one("PRAGMA application_id") == 0x47504B47 and one("PRAGMA user_version") >= 10300, "its header is not a GeoPackage's")
        check("gpkg", one("PRAGMA integrity_check") == "ok" and not file.execute("PRAGMA foreign_key_check").fetchall(), "it is not whole")
        check("gpkg", one("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)") == 3, "a system is missing")
        triggers = one("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree_%'")
        check("gpkg", triggers == 14, f"{triggers} triggers of the index")


def networks():
    import networkx
    from lxml import etree

    graph = networkx.read_graphml(folder / "relations.graphml", force_multigraph=True)
    tree = etree.parse(folder / "relations.gexf").getroot()
    space = {"g": "http://gexf.net/1.3"}
    edges = {edge.get("id"): (edge.get("source"), edge.get("target")) for edge in tree.findall(".//g:edge", space)}
    read = {key: (one, other) for one, other, key in graph.edges(keys=True)}
    check("graphml", read == edges, "GraphML and GEXF have other relations")
    nodes = {node.get("id"): node.get("label") for node in tree.findall(".//g:node", space)}
    check("gexf", nodes == {node: data["name"] for node, data in graph.nodes(data=True)}, "GraphML and GEXF have other actors")
    check("gexf", all(end in nodes for pair in edges.values() for end in pair), "an edge leads nowhere")
    for spell in tree.findall(".//g:spell", space):
        check("gexf", spell.get("start") and (spell.get("end") is None or spell.get("start") <= spell.get("end")), "a spell ends before it starts")


def stix(events):
    import stix2
    from stix2validator import ValidationOptions, validate_string

    text = (folder / "bundle.stix.json").read_text()
    result = validate_string(text, ValidationOptions(version="2.1", strict=False))
    results = result if isinstance(result, list) else [result]
    for each in results:
        for error in getattr(each, "errors", []) or []:
            fail("stix", error)
    bundle = json.loads(text)
    ids = [each["id"] for each in bundle["objects"]]
    check("stix", len(ids) == len(set(ids)), "an object stands twice")
    for each in bundle["objects"]:
        refs = [each[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in each] + each.get("object_refs", [])
        check("stix", set(refs) <= set(ids), f"{each['id']} refers to what is not there")
    parsed = stix2.parse(text, allow_custom=True)
    incidents = [each for each in parsed.objects if each.type == "incident"]
    check("stix", len(incidents) == len(events), f"{len(incidents)} incidents of {len(events)} events")


def follow_the_money(events):
    from followthemoney import model

    ids, links, number = set(), [], 0
    for line in (folder / "entities.ftm.json").read_text().splitlines():
        data = json.loads(line)
        schema = model.get(data["schema"])
        check("ftm", schema is not None and not schema.abstract, f"{data['schema']} is no schema")
        proxy = model.get_proxy(data)
        for name, values in data["properties"].items():
            prop = schema.get(name)
            check("ftm", prop is not None, f"{data['schema']} has no {name}")
            check("ftm", len(proxy.get(name)) == len(values), f"{data['schema']}.{name} loses a value of {values}")
            if prop.type.name == "entity":
                links += [(prop, value) for value in values]
            else:
                for value in values:
                    clean = prop.type.clean(value)
                    check("ftm", clean is not None, f"{data['schema']}.{name} does not take {value!r}")
        ids.add((data["id"], data["schema"]))
        number += data["schema"] == "Event"
    schemas = dict(ids)
    for prop, value in links:
        check("ftm", value in schemas, f"{prop} leads to {value}, which is not there")
        check("ftm", model.get(schemas[value]).is_a(prop.range), f"{prop} leads to a {schemas[value]}")
    check("ftm", number == len(events), f"{number} of {len(events)} events")


def linked_data(events):
    import pyld
    import rdflib

    text = (folder / "record.jsonld").read_text()
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    again = rdflib.Graph().parse(data=graph.serialize(format="turtle"), format="turtle")
    check("jsonld", len(graph) == len(again) and len(graph) > 0, "it does not survive RDF")
    quads = pyld.jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    check("jsonld", len(quads.strip().splitlines()) == len(graph), "two libraries read another number of triples")
    told = """PREFIX schema: <https://schema.org/> PREFIX prov: <http://www.w3.org/ns/prov#>
              SELECT DISTINCT ?event WHERE { ?event a schema:Event ; prov:wasDerivedFrom/prov:wasQuotedFrom ?document }"""
    check("jsonld", len(list(graph.query(told))) == len(events), "an event does not lead to a document")
    quoted = """PREFIX oa: <http://www.w3.org/ns/oa#>
                SELECT ?exact ?start ?end WHERE { ?a oa:hasTarget/oa:hasSelector ?q, ?p . ?q oa:exact ?exact . ?p oa:start ?start ; oa:end ?end }"""
    for exact, start, end in graph.query(quoted):
        check("jsonld", len(str(exact)) == int(end) - int(start), f"“{exact}” does not stand from {start} to {end}")


def briefs():
    import docx

    markdown = (folder / "brief.md").read_text()
    check("markdown", "[^1]:" in markdown and "[^1]" in markdown, "it has no notes")
    document = docx.Document(folder / "brief.docx")
    check("docx", any(paragraph.style is not None and paragraph.style.name.lower().startswith("heading") for paragraph in document.paragraphs), "it has no headings")
    notes = [part for part in document.part.package.iter_parts() if part.partname.endswith("/footnotes.xml")]
    check("docx", notes and b"w:footnote " in notes[0].blob, "it has no footnotes")


events = lists()
shaped(events)
maps(events)
networks()
stix(events)
follow_the_money(events)
linked_data(events)
briefs()
print(f"{len(events)} events in every form")
