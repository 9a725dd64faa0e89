"""What the network learns from: sentences with syntax, names, attributions or the factuality of predicates."""

import gzip
import hashlib
import json
import random
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
        elif line:
            analyses[-1][-1].append(line.split("\t")[1])
    if len(analyses) != len(documents):
        raise SystemExit(f"{path}: {len(analyses)} analyses of {len(documents)} documents")
    cuts = ((document, place(document["text"], sentences)) for document, sentences in zip(documents, analyses))
    return [(document, cut) for document, cut in cuts if cut is not None]


def place(text, sentences):
    """The sentences' words with their offsets in the text; None where one does not occur."""
    at, placed = 0, []
    for words in sentences:
        row = []
        for word in words:
            start = text.find(word, at)
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
