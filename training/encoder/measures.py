"""How well does the network read the development parts? Its own decoding is greedy; the program's is measured by `cargo xtask eval`."""

import torch

from batches import batches, labels, tensors
from corpora import INCIDENTS, NAMES, PARTS, TIES


@torch.no_grad()
def measure(network, examples, relations, budget=4096):
    """Percentages by name over examples of any tasks."""
    network.eval()
    counts = {}

    def count(name, right, all_):
        had = counts.setdefault(name, [0, 0])
        had[0] += int(right)
        had[1] += int(all_)

    universal = [relation.split(":")[0] for relation in relations]
    for batch in batches(examples, budget):
        ids, mask, cases, first, present = tensors(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = network.encode(ids, mask, cases, first)
        words = words.float()
        OF_TASK[batch[0].task](network, words, present, batch, count, universal)
    rounded = lambda right, all_: round(100 * right / max(all_, 1), 2)
    out = {name: rounded(*had) for name, had in counts.items() if "|" not in name}
    for name in sorted({name.split("|")[0] for name in counts if "|" in name}):
        true, found, gold = (counts.get(f"{name}|{part}", [0, 0])[0] for part in ("true", "found", "gold"))
        out[name] = rounded(2 * true, found + gold)
    return out


def syntax(network, words, present, batch, count, universal):
    upos, heads, gold = (labels(batch, name, words.shape[1]) for name in ("upos", "heads", "relations"))
    arcs, rel_head, rel_word = network.parse(words)
    pad = torch.cat([torch.ones(len(batch), 1, dtype=torch.bool), present], 1)
    found = arcs.masked_fill(~pad[:, None, :], -1e4).argmax(-1)
    relations = network.relations(rel_head, rel_word, found).argmax(-1)
    tags = network.upos(words).argmax(-1)
    for row, example in enumerate(batch):
        for at in range(len(example.upos)):
            count("upos", tags[row, at] == upos[row, at], 1)
            wanted = universal[gold[row, at]]
            if wanted != "punct":
                attached = bool(found[row, at] == heads[row, at])
                count("uas", attached, 1)
                count("las", attached and universal[relations[row, at]] == wanted, 1)


def spans(marks):
    found, start = set(), None
    for at, mark in enumerate(marks + ["O"]):
        if start is not None and not mark.startswith("I-"):
            found.add((start, at, marks[start][2:]))
            start = None
        if mark.startswith("B-") or (mark.startswith("I-") and start is None):
            start = at
    return {span for span in found if span[2] != "OTHER"}


def f1(count, name, found, gold):
    count(f"{name}|true", len(found & gold), 0)
    count(f"{name}|found", len(found), 0)
    count(f"{name}|gold", len(gold), 0)


def names(network, words, present, batch, count, universal):
    scores = network.names(words).argmax(-1)
    for row, example in enumerate(batch):
        size = len(example.names)
        gold = spans([NAMES[mark] if 0 <= mark < len(NAMES) else "O" for mark in example.names])
        f1(count, "names", spans([NAMES[mark] for mark in scores[row, :size].tolist()]), gold)


def attribution(network, words, present, batch, count, universal):
    cue = network.cue(words).argmax(-1)
    for row, example in enumerate(batch):
        size = len(example.cue)
        found = {at for at in range(size) if cue[row, at] == 1}
        gold = {at for at in range(size) if example.cue[at] == 1}
        f1(count, "cue", found, gold)
    cues = [(row, at) for row, example in enumerate(batch) for at, _, _ in example.attributions]
    if not cues:
        return
    sides = network.attribution(words, torch.tensor(cues))
    wanted = [(source, content) for example in batch for _, source, content in example.attributions]
    for at, gold in enumerate(wanted):
        for name, scores, marks in zip(("source", "content"), sides, gold):
            found = {word for word in range(len(marks)) if scores[at, word] > 0}
            f1(count, f"{name}_words", found, {word for word, mark in enumerate(marks) if mark})


def factuality(network, words, present, batch, count, universal):
    for row, example in enumerate(batch):
        for word, gold, convention in example.facts:
            found = int(network.fact(words[row, word])[3 * convention : 3 * convention + 3].argmax())
            kind = ("news", "general")[convention]
            gold = max(range(3), key=lambda number: gold[number])
            for number, name in enumerate(("negated", "uncertain", "happened")):
                f1(count, f"{kind}_{name}", {0} if found == number else set(), {0} if gold == number else set())


def incident(network, words, present, batch, count, universal):
    scores = network.part(words)
    marks, told = scores[..., : len(PARTS)].argmax(-1), scores[..., len(PARTS) :].masked_fill(~present[..., None], -1e4).amax(1)
    for row, example in enumerate(batch):
        size = len(example.parts)
        kept = [at for at in range(size) if example.parts[at] >= 0]
        gold = spans([PARTS[example.parts[at]] for at in kept])
        found = spans([PARTS[marks[row, at]] for at in kept])
        for part in sorted({mark[2:] for mark in PARTS[1:]}):
            f1(count, part.lower(), {s for s in found if s[2] == part}, {s for s in gold if s[2] == part})
        for number, kind in enumerate(INCIDENTS):
            if example.incidents[number] is not None:
                f1(count, f"tells_{kind}", {0} if told[row, number] > 0 else set(), {0} if example.incidents[number] else set())


def ties(network, words, present, batch, count, universal):
    scores = network.tied(words)
    for row, example in enumerate(batch):
        pairs = [(a, b) for a in example.heads_of_entities for b in example.heads_of_entities if a != b]
        best = lambda pair: int(scores[row, pair[0], pair[1]].argmax()) if float(scores[row, pair[0], pair[1]].max()) > 0 else None
        found = {(*pair, best(pair)) for pair in pairs if best(pair) is not None}
        f1(count, "ties", found, set(example.ties))
        for number, kind in enumerate(TIES):
            f1(count, kind, {tie for tie in found if tie[2] == number}, {tie for tie in example.ties if tie[2] == number})


OF_TASK = {"syntax": syntax, "names": names, "attribution": attribution, "factuality": factuality, "incident": incident, "ties": ties}
