#!/usr/bin/env python3
"""Reads every format of `onrecord export` with a library that others read it with.

Usage: validate.py ONRECORD [LEDGER] [--parquet]

ONRECORD is the binary, LEDGER a ledger to export; without it, one is made of the sample stories, with an article that names a place of the public tables and a claim that a person decided. Each check says what it read; a check that read nothing fails. The words of every row and annotation are compared with
the texts that brat standoff holds: a quotation that is not there to the letter fails.
"""

import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import frictionless
import geojson
import pandas
import pyld
import rdflib

TABLES = ["attributions", "claims", "positions", "origins", "figures", "incidents", "panel"]
# What the terms of the annotation context mean; it is not fetched, for the tests reach no network.
ANNO = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Dataset": "dctypes:Dataset",
    "Text": "dctypes:Text",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "describing": "oa:describing",
    "tagging": "oa:tagging",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "name": "foaf:name",
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "generator": {"@id": "as:generator", "@type": "@id"},
}
failures = []


def check(what, is_so, found=""):
    """Notes a failure where something is not so."""
    if not is_so:
        failures.append(f"{what}: {found}")


def said(what):
    """Says what was read."""
    print(f"read {what}", flush=True)


class Exports:
    """The binary, and where it writes."""

    def __init__(self, binary, ledger, folder):
        self.binary, self.ledger, self.folder = binary, ledger, folder

    def run(self, *args, code=0):
        command = [self.binary, "export", "--ledger", self.ledger, "--quiet", *args]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != code:
            sys.exit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def into(self, name, *args):
        folder = self.folder / name
        self.run("--output", str(folder), *args)
        return folder


# The only name here that is not invented: places are looked up in public tables.
PAGE = {
    "url": "https://post.example/talks",
    "outlet": "Alben Post",
    "title": "=Talks \"held\", denied",
    "published": "2031-03-11T07:00:00Z",
    "text": "The leaders of Calvera and Orsel held talks in Geneva on Monday, two officials said.\r\n\r\n+84 delegates came, Governor Ilse Marn said.\n"
    "Her spokesman denied that the leaders of Calvera and Orsel had held talks in Geneva on Monday. \u201cNobody \U0001f642 met,\u201d he said.",
}


def made(binary, folder):
    """A ledger of the sample stories, a page of its own, and a decision."""

    def run(*args):
        done = subprocess.run([binary, *args], capture_output=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]

    ledger, page = str(folder / "news.db"), folder / "page.jsonl"
    page.write_text(json.dumps(PAGE))
    run("demo", "--ledger", ledger)
    run("add", str(page), "--ledger", ledger, "--quiet")
    rows = run("export", "--ledger", ledger, "--table", "positions", "--outlet", "Alben Post", "--place", "Geneva", "--quiet")
    attribution = next(row["attributions"][0] for row in rows if row["attributions"])
    run("accept", attribution, "--ledger", ledger, "--reason", "read against the page", "--author", "Ada Fenn", "--quiet")
    return ledger


def texts_of(exports):
    """The text of each article, by brat standoff, which is checked on the way."""
    folder = exports.into("brat", "--format", "brat", "--quote-words", "all")
    texts, events = {}, 0
    for path in sorted(folder.glob("*.ann")):
        # As bytes: a text may hold any line break.
        text = path.with_suffix(".txt").read_bytes().decode()
        texts[path.stem] = text
        bound = {}
        for line in path.read_bytes().decode().split("\n"):
            if match := re.fullmatch(r"(T\d+)\t(\w+) ([\d ;]+)\t(.*)", line, re.DOTALL):
                name, kind, places, words = match.groups()
                spans = [tuple(map(int, span.split())) for span in places.split(";")]
                found = " ".join(text[start:end] for start, end in spans)
                check("brat", found == words, f"{path.name} {name}: {words!r} is {found!r}")
                check("brat", "\n" not in found, f"{path.name} {name} goes over a line")
                bound[name] = kind
            elif match := re.fullmatch(r"E\d+\tAttribution:(T\d+)((?: \w+:T\d+)*)", line):
                events += 1
                check("brat", bound.get(match[1]) == "Attribution", line)
                for role in match[2].split():
                    kind, name = role.split(":")
                    check("brat", bound.get(name) == kind, line)
            else:
                check("brat", not line or re.match(r"(A\d+\t(Act|Commitment|Manner) E\d+ [\w-]+|#\d+\tAnnotatorNotes E\d+\t.+)$", line), line)
    check("brat", events > 0, "no event")
    said(f"brat standoff: {len(texts)} texts, {events} attributions")
    return texts


def words_stand(table, rows, texts):
    """Every quotation stands in its text to the letter."""
    seen = 0
    for row in rows:
        quote, text = row["quote"], texts.get(row["article"])
        if quote is None or text is None or row["quote_start"] is None:
            continue
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != row["text_sha256"]:
            continue
        found = text[row["quote_start"] : row["quote_end"]]
        seen += 1
        same = found == quote or " ".join(found.split()) == " ".join(quote.split())
        check(table, same, f"{quote!r} is {found!r} in {row['article']}")
    check(table, seen > 0, "no quotation could be compared")
    return seen


def tables(exports, texts, has_parquet):
    """CSV and JSON Lines, and Parquet where it is built in, say the same."""
    everything = ("--quote-words", "all", "--all")
    lines = exports.into("jsonl", "--format", "jsonl", *everything)
    sheets = exports.into("csv", "--format", "csv", *everything)
    parquet = exports.into("parquet", "--format", "parquet", *everything) if has_parquet else None
    for table in TABLES:
        rows = [json.loads(line) for line in (lines / f"{table}.jsonl").read_text().splitlines()]
        frame = pandas.read_csv(sheets / f"{table}.csv", dtype=str, keep_default_na=False, na_values=[])
        check(table, len(rows) > 0, "no rows")
        check(table, list(frame.columns) == list(rows[0]), "the columns of CSV and JSON Lines differ")
        check(table, len(frame) == len(rows), f"{len(frame)} rows of CSV, {len(rows)} of JSON Lines")
        for row, record in zip(rows, frame.to_dict("records")):
            for column, value in row.items():
                check(table, plain(value) == record[column].removeprefix("'") or plain(value) == record[column], f"{column}: {value!r} is {record[column]!r}")
                check(table, not re.match(r"[=+@\t\r]", record[column]), f"{column}: a formula: {record[column]!r}")
        seen = words_stand(table, rows, texts)
        check(table, all(row["ledger"] and row["pipeline"] and row["made_by"] in ("machine", "human") for row in rows), "a row without provenance")
        said(f"{table}: {len(rows)} rows, {len(frame.columns)} columns, {seen} quotations compared")
        if parquet:
            frame = pandas.read_parquet(parquet / f"{table}.parquet")
            check(table, list(frame.columns) == list(rows[0]), "the columns of Parquet differ")
            check(table, len(frame) == len(rows), f"{len(frame)} rows of Parquet")
            for index, row in enumerate(rows):
                for column, value in row.items():
                    found = frame[column].iloc[index]
                    check(table, same(found, value), f"Parquet {column}: {value!r} is {found!r}")
            said(f"{table}.parquet: {len(frame)} rows")


def plain(value):
    """A value of JSON Lines as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def same(found, value):
    if value is None:
        return found is None or pandas.isna(found)
    if isinstance(value, list):
        return json.loads(found) == value
    if isinstance(found, pandas.Timestamp):
        return found == pandas.Timestamp(value)
    return found == value


def loader(url, options=None):
    """Documents by address: only the context of annotations and of schema.org, and from here."""
    known = {"http://www.w3.org/ns/anno.jsonld": ANNO, "https://schema.org": {"@vocab": "https://schema.org/"}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": known[url]}}


def graph_of(document):
    """A JSON-LD document as a graph: expanded by one library, read by another."""
    expanded = pyld.jsonld.expand(document, {"documentLoader": loader})
    return rdflib.Graph().parse(data=json.dumps(expanded), format="json-ld")


def annotations(exports, texts):
    document = json.loads(exports.run("--format", "annotations", "--quote-words", "all"))
    graph = graph_of(document)
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    found = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    check("annotations", len(found) == len(document["items"]) > 0, len(found))
    seen = 0
    for one in found:
        targets = list(graph.objects(one, oa.hasTarget))
        check("annotations", len(targets) == 1 and list(graph.objects(one, oa.hasBody)), one)
        kinds = {kind for selector in graph.objects(targets[0], oa.hasSelector) for kind in graph.objects(selector, rdflib.RDF.type)}
        check("annotations", kinds == {oa.TextQuoteSelector, oa.TextPositionSelector}, kinds)
    for item in document["items"]:
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"]["onrecord:article"].removeprefix("urn:onrecord:")]
        start, end = position["start"], position["end"]
        check("annotations", text[start:end] == quote["exact"], quote["exact"])
        check("annotations", text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]), quote)
        seen += 1
    said(f"annotations.jsonld: {len(found)} annotations, {len(graph)} triples, {seen} quotations compared")


def prov(exports):
    graph = graph_of(json.loads(exports.run("--format", "prov")))
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    entities = set(graph.subjects(rdflib.RDF.type, prov.Entity))
    activities = set(graph.subjects(rdflib.RDF.type, prov.Activity))
    agents = set(graph.subjects(rdflib.RDF.type, prov.Agent))
    check("prov", entities and activities and agents, (len(entities), len(activities), len(agents)))
    check("prov", not entities & activities, "an entity is an activity")
    for subject, of in graph.subject_objects(prov.wasGeneratedBy):
        check("prov", subject in entities and of in activities, (subject, of))
    for subject, of in graph.subject_objects(prov.wasAssociatedWith):
        check("prov", subject in activities and of in agents, (subject, of))
    for relation in (prov.wasQuotedFrom, prov.wasDerivedFrom):
        pairs = list(graph.subject_objects(relation))
        check("prov", pairs, relation)
        lost = [of for _, of in pairs if of not in entities]
        # An attribution of an earlier revision founds a claim without being current.
        check("prov", len(lost) < len(pairs) / 2, f"{relation}: {len(lost)} of {len(pairs)} lead nowhere")
    said(f"prov.jsonld: {len(entities)} entities, {len(activities)} activities, {len(agents)} agents, {len(graph)} triples")


def reviews(exports, least):
    document = json.loads(exports.run("--format", "claim-review", code=0 if least else 1))
    graph = graph_of(document)
    schema = rdflib.Namespace("https://schema.org/")
    found = list(graph.subjects(rdflib.RDF.type, schema.ClaimReview))
    check("claim-review", len(found) >= least, f"{len(found)}, expected {least}")
    for review in found:
        for name in (schema.claimReviewed, schema.author, schema.datePublished, schema.reviewRating, schema.itemReviewed):
            check("claim-review", list(graph.objects(review, name)), name)
        claim = graph.value(review, schema.itemReviewed)
        check("claim-review", (claim, rdflib.RDF.type, schema.Claim) in graph and list(graph.objects(claim, schema.appearance)), claim)
        check("claim-review", not list(graph.objects(graph.value(review, schema.reviewRating), schema.ratingValue)), "a number")
    said(f"claim-review.jsonld: {len(found)} reviews")


def places(exports, least):
    found = geojson.loads(exports.run("--format", "geojson"))
    check("geojson", found.is_valid, found.errors())
    check("geojson", len(found["features"]) >= least, f"{len(found['features'])}, expected {least}")
    for feature in found["features"]:
        check("geojson", feature.is_valid, feature.errors())
        east, north = feature["geometry"]["coordinates"]
        check("geojson", -180 <= east <= 180 and -90 <= north <= 90, (east, north))
        check("geojson", round(east, 1) == east and round(north, 1) == north, "coordinates are not coarse")
        check("geojson", feature["properties"]["claim"].startswith("clm_"), feature["properties"])
    said(f"claims.geojson: {len(found['features'])} features")


def releases(exports):
    folders = [exports.folder / name for name in ("one", "other")]
    digests = [exports.run("--format", "release", "--output", str(folder)).split()[0] for folder in folders]
    check("release", digests[0] == digests[1], "two releases of one ledger differ")
    sums = (folders[0] / "SHA256SUMS").read_bytes()
    check("release", hashlib.sha256(sums).hexdigest().encode() == digests[0], "the digest is not that of SHA256SUMS")
    names = set()
    for line in sums.decode().splitlines():
        digest, name = line.split("  ")
        names.add(name)
        check("release", hashlib.sha256((folders[0] / name).read_bytes()).hexdigest() == digest, name)
    check("release", names | {"SHA256SUMS"} == {path.name for path in folders[0].iterdir()}, "a file without a digest")
    package = json.loads((folders[0] / "datapackage.json").read_text())
    sheets = [resource for resource in package["resources"] if resource["path"].endswith(".csv")]
    check("release", len(sheets) == len(TABLES), len(sheets))
    for resource in sheets:
        columns = pandas.read_csv(folders[0] / resource["path"], nrows=0).columns
        check("release", [field["name"] for field in resource["schema"]["fields"]] == list(columns), resource["path"])
    report = frictionless.Package.metadata_validate(package)
    check("release", not list(report), [error.message for error in report])
    words = {}
    for line in (folders[0] / "attributions.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["quote"]:
            words.setdefault(row["article"], []).append(len(row["quote"].split()))
    most = max(sum(counts) for counts in words.values())
    check("release", most <= 300, f"{most} words of one article are quoted")
    said(f"release: {len(names) + 1} files, the same twice; at most {most} words of an article among its attributions")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("onrecord")
    parser.add_argument("ledger", nargs="?")
    parser.add_argument("--parquet", action="store_true")
    args = parser.parse_args()
    least = 0 if args.ledger else 1
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        exports = Exports(args.onrecord, args.ledger or made(args.onrecord, folder), folder)
        texts = texts_of(exports)
        tables(exports, texts, args.parquet)
        annotations(exports, texts)
        prov(exports)
        reviews(exports, least)
        places(exports, least)
        releases(exports)
    for failure in failures[:20]:
        print(f"FAILED {failure}")
    sys.exit(f"{len(failures)} failures" if failures else 0)


if __name__ == "__main__":
    main()
