"""What the network learns from: sentences with syntax, names, attributions or the factuality of predicates."""

import gzip
import hashlib
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

# The genres of GUM whose texts are free.
FREE_GENRES = {"news", "interview", "bio", "voyage", "academic", "court", "speech", "textbook", "vlog"}
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NAMES = ["O"] + [f"{place}-{kind}" for kind in ("PER", "ORG", "LOC", "OTHER") for place in "BI"]
# Outside of any name but perhaps of one of those kinds that a corpus does not mark.
O_OR_OTHER = len(NAMES)
# The two conventions of the factuality head: newspaper predicates (negated, uncertain, happened), and any predicate.
NEWS_FACTUALITY = {"uw", "meantime"}
# The parts that words play in an incident of violence, as MUC-4's keys have them, and the incident types.
PARTS = ["O"] + [f"{place}-{part}" for part in ("PERPETRATOR", "ORGANIZATION", "VICTIM", "TARGET", "WEAPON") for place in "BI"]
PART_OF_SLOT = {"perp_ind": "PERPETRATOR", "perp_org": "ORGANIZATION", "hum_tgt": "VICTIM", "hum_tgt_desc": "VICTIM", "phys_tgt": "TARGET", "instrument": "WEAPON"}
INCIDENTS = ["attack", "bombing", "kidnapping", "arson", "robbery"]
# Relations between two entities of a sentence, as re3d marks them; the first two hold both ways.
TIES = ["FightingAgainst", "AlliesOf", "BelongsTo", "InChargeOf"]
BOTH_WAYS = {"FightingAgainst", "AlliesOf"}


@dataclass
class Example:
    """One sentence as numbers; a task fills its own fields."""

    task: str
    ids: list
    cases: list
    first: list
    upos: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    names: list = field(default_factory=list)
    cue: list = field(default_factory=list)
    attributions: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    incidents: list = field(default_factory=list)
    heads_of_entities: list = field(default_factory=list)
    ties: list = field(default_factory=list)


class Hashes(dict):
    """SHA-256 of the unpacked text of each file read, by its name below the data folder."""

    def lines(self, data, name):
        path = Path(data, name)
        raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
        self[name] = hashlib.sha256(raw).hexdigest()
        return raw.decode("utf8").split("\n")


def treebank(lines, keep=lambda document: True):
    """Sentences of a CoNLL-U file as lists of (form, upos, head, relation), of documents to keep."""
    sentences, words, document = [], [], ""
    for line in lines:
        if line.startswith("# newdoc id"):
            document = line.split("=")[1].strip()
        if not line:
            if words and keep(document):
                sentences.append(words)
            words = []
        elif line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                words.append((columns[1], columns[3], int(columns[6]), columns[7]))
    return sentences


def is_free(document):
    """Whether a GUM document's genre, which its name holds ("GUM_news_nasa"), is free."""
    return document.split("_")[1] in FREE_GENRES


def syntax(pieces, sentences, relations):
    """Examples with parts of speech, heads (0 the root) and relations; a subtype without a label of its own counts as its universal part."""
    number = {relation: at for at, relation in enumerate(relations)}
    examples = []
    for words in sentences:
        ids, cases, first = pieces.sentence([word[0] for word in words])
        words = words[: len(first)]
        examples.append(
            Example(
                "syntax", ids, cases, first,
                upos=[UPOS.index(word[1]) for word in words],
                heads=[word[2] if word[2] <= len(first) else -100 for word in words],
                relations=[number[word[3] if word[3] in number else word[3].split(":")[0]] for word in words],
            )
        )
    return examples


def names(pieces, lines):
    """Examples with name marks, from JSON lines of `tokens`, `tags` (BIO, `?` open) and `others`."""
    examples = []
    for line in filter(None, lines):
        row = json.loads(line)
        tokens, tags = row["tokens"], row["tags"]
        outside = 0 if row.get("others", False) else O_OR_OTHER
        while tokens:
            ids, cases, first = pieces.sentence(tokens)
            mark = lambda tag: -100 if tag == "?" else outside if tag == "O" else NAMES.index(tag)
            examples.append(Example("names", ids, cases, first, names=[mark(tag) for tag in tags[: len(first)]]))
            tokens, tags = tokens[len(first) :], tags[len(first) :]
    return examples


def toponyms(pieces, documents, spans_of):
    """Examples from texts in which places alone are marked: other capitalized words are left open, the rest is outside."""
    examples = []
    for document, sentences in documents:
        spans = spans_of(document)
        for tokens in sentences:
            marks, last = [], None
            for text, start, end in tokens:
                inside = next((span for span in spans if span[0] <= start and end <= span[1]), None)
                if inside:
                    marks.append(NAMES.index("I-LOC" if inside == last else "B-LOC"))
                else:
                    marks.append(0 if text[0].islower() else -100)
                last = inside
            if all(mark <= 0 for mark in marks):
                continue
            ids, cases, first = pieces.sentence([token[0] for token in tokens])
            examples.append(Example("names", ids, cases, first, names=marks[: len(first)]))
    return examples


def analysed(path, documents):
    """Pairs of a document and its sentences, each a list of (form, start, end); `path` holds what `sayso explain --stage analysis` printed of them in order."""
    analyses = []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# sentence "):
            if line.split(" ")[2] == "0":
                analyses.append([])
            analyses[-1].append([])
        elif line and line[0] != "=":
            analyses[-1][-1].append(line.split("\t")[1])
    if len(analyses) != len(documents):
        raise SystemExit(f"{path}: {len(analyses)} analyses of {len(documents)} documents")
    cuts = ((document, place(document["text"], sentences)) for document, sentences in zip(documents, analyses))
    return [(document, cut) for document, cut in cuts if cut is not None]


def place(text, sentences):
    """The sentences' words with their offsets in the text, whatever their case; None where one does not occur."""
    at, placed, capitals = 0, [], text.upper()
    if len(capitals) != len(text):
        capitals = text
    for words in sentences:
        row = []
        for word in words:
            start = text.find(word, at)
            if start < 0 or start - at > 3000:
                start = capitals.find(word.upper(), at)
            if start < 0 or start - at > 3000:
                return None
            at = start + len(word)
            row.append((word, start, at))
        placed.append(row)
    return placed


def attributions(pieces, pairs, keep_silent, seed):
    """Examples with cues, and for each cue the words of its source and content in the same sentence; of sentences without one a share is kept."""
    dice, examples = random.Random(seed), []
    for document, sentences in pairs:
        for tokens in sentences:
            start, end = tokens[0][1], tokens[-1][2]
            inside = [a for a in document["attributions"] if any(start <= span[0] and span[1] <= end for span in a["cue"])]
            if not inside and dice.random() > keep_silent:
                continue
            ids, cases, first = pieces.sentence([token[0] for token in tokens])
            touched = lambda spans: [int(any(s < e2 and s2 < e for s, e in spans)) for _, s2, e2 in tokens[: len(first)]]
            cue, found = [0] * len(first), []
            for attribution in inside:
                marks = touched([span for span in attribution["cue"] if start <= span[0] and span[1] <= end][:1])
                if not any(marks):
                    continue
                at = marks.index(1)
                if cue[at]:
                    continue
                for word, mark in enumerate(marks):
                    if mark:
                        cue[word] = 1 if word == at else 2
                found.append((at, touched(attribution["source"]), touched(attribution["content"])))
            examples.append(Example("attribution", ids, cases, first, cue=cue, attributions=found))
    return examples


def factuality(pieces, rows, share, seed):
    """Examples with judged predicates: word, shares of negated, uncertain and happened, and convention (0 news, 1 general); `share` gives the
    part of each corpus to keep."""
    dice, examples = random.Random(seed), []
    for row in rows:
        if dice.random() > share.get(row["corpus"], 1.0):
            continue
        ids, cases, first = pieces.sentence(row["text"].split(" "))
        convention = 0 if row["corpus"] in NEWS_FACTUALITY else 1
        facts = []
        for target in row["targets"]:
            word, value = target["tok"][0], target["label"]
            if word < len(first):
                facts.append((word, outlook(value), convention))
        if facts:
            examples.append(Example("factuality", ids, cases, first, facts=facts))
    return examples


def outlook(value):
    """Shares of negated, uncertain and happened in a judgement from -3 to 3: whole at -2, 0 and 2, halves at the borders of the classes."""
    near = max(0.0, 1 - abs(value) / 2)
    return (1 - near, near, 0.0) if value < 0 else (0.0, near, 1 - near)


def incidents(pieces, pairs, keep_silent, seed):
    """Examples of sentences of reports with incident keys: each word's part in an incident, and of each incident type whether the sentence
    tells of one (None where the keys leave that open). Keys are of whole documents; what one fills is marked wherever its words stand.
    A sentence that only names an organization is left open. Of sentences of reports without any incident a share is kept."""
    dice, examples = random.Random(seed), []
    for document, sentences in pairs:
        fills = []
        for number, template in enumerate(document["templates"]):
            kinds = {kind.lower() for kind in template["incident_type"]}
            for slot, part in PART_OF_SLOT.items():
                for entity in template[slot]:
                    fills += [(" ".join(mention.split()).upper(), part, kinds, number) for mention in entity["mentions"]]
        fills.sort(key=lambda fill: -len(fill[0]))
        text = document["text"].upper()
        for tokens in sentences:
            ids, cases, first = pieces.sentence([token[0] for token in tokens])
            marks, kinds, told = marked(text, tokens[: len(first)], fills)
            if not any(marks) and dice.random() > keep_silent:
                continue
            if not document["templates"]:
                incident = [0] * len(INCIDENTS)
            elif told:
                incident = [int(kind in kinds) for kind in INCIDENTS]
            else:
                incident = [None] * len(INCIDENTS)
                marks = [-100 if mark else 0 for mark in marks]
            examples.append(Example("incident", ids, cases, first, parts=marks, incidents=incident))
    return examples


def marked(text, tokens, fills):
    """The parts of a sentence's words by the fills that stand in it, the incident types of those, and whether they tell of an incident: of
    somebody or something hit, of a weapon, or of two fills of one key."""
    marks, kinds, parts_of = [0] * len(tokens), set(), {}
    begin, end = tokens[0][1], tokens[-1][2]
    for mention, part, of, number in fills:
        for found in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", text[begin:end]):
            at = [i for i, (_, s, e) in enumerate(tokens) if s < begin + found.end() and begin + found.start() < e]
            if not at or any(marks[i] for i in at):
                continue
            marks[at[0]] = PARTS.index(f"B-{part}")
            for i in at[1:]:
                marks[i] = PARTS.index(f"I-{part}")
            parts_of.setdefault(number, []).append(part)
            kinds |= of
    hit = {"VICTIM", "TARGET", "WEAPON"}
    told = any(len(parts) > 1 or hit & set(parts) for parts in parts_of.values())
    return marks, kinds, told


def ties(pieces, pairs, least):
    """Examples of sentences with entities and the relations between them that at least such a share of judges saw."""
    examples = []
    for document, sentences in pairs:
        relations = [r for r in document["relations"] if r["confidence"] >= least and r["type"] in TIES]
        for tokens in sentences:
            ids, cases, first = pieces.sentence([token[0] for token in tokens])
            tokens = tokens[: len(first)]
            heads = {}
            for entity in document["entities"]:
                head = head_of(tokens, entity["start"], entity["end"])
                if head is not None:
                    heads.setdefault(head, len(heads))
            found = []
            for relation in relations:
                ends = [head_of(tokens, relation[end]["start"], relation[end]["end"]) for end in ("source", "target")]
                if None in ends or ends[0] == ends[1]:
                    continue
                for end in ends:
                    heads.setdefault(end, len(heads))
                kind = TIES.index(relation["type"])
                found.append((*ends, kind))
                if relation["type"] in BOTH_WAYS:
                    found.append((ends[1], ends[0], kind))
            if len(heads) > 1:
                examples.append(Example("ties", ids, cases, first, heads_of_entities=sorted(heads), ties=found))
    return examples


def head_of(tokens, start, end):
    """The word that most likely heads a noun phrase between two offsets: the last before a preposition or comma; None where none is inside."""
    inside = [at for at, (_, s, e) in enumerate(tokens) if s < end and start < e]
    if not inside:
        return None
    for at in inside[1:]:
        if tokens[at][0].lower() in ("of", "in", "for", "from", "to", "at", "on", "with", "who", "that", "which", ",", "(", "including"):
            return at - 1
    return inside[-1]
