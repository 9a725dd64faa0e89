"""What each task asks of the network."""

import torch
import torch.nn.functional as F

from batches import labels
from corpora import NAMES, O_OR_OTHER, PARTS

# Most predicates of newspapers happened.
FACTUALITY_WEIGHTS = torch.tensor([1.5, 1.5, 1.0])


def syntax(network, words, present, batch):
    upos, heads, relations = (labels(batch, name, words.shape[1]) for name in ("upos", "heads", "relations"))
    arcs, rel_head, rel_word = network.parse(words)
    pad = torch.cat([torch.ones(len(batch), 1, dtype=torch.bool), present], 1)
    arcs = arcs.float().masked_fill(~pad[:, None, :], -1e4)
    tags = network.upos(words).float()
    scores = network.relations(rel_head, rel_word, heads.clamp(min=0)).float()
    entropy = lambda scores, gold: F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100)
    return 0.5 * entropy(tags, upos) + entropy(arcs, heads) + entropy(scores, relations)


def names(network, words, present, batch):
    gold = labels(batch, "names", words.shape[1]).flatten()
    scores = F.log_softmax(network.names(words).float(), -1).flatten(0, 1)
    other = [0, NAMES.index("B-OTHER"), NAMES.index("I-OTHER")]
    either = torch.logsumexp(scores[:, other], -1, keepdim=True)
    scores = torch.cat([scores, either], 1)
    assert scores.shape[1] == O_OR_OTHER + 1
    return F.nll_loss(scores, gold, ignore_index=-100)


def attribution(network, words, present, batch):
    gold = labels(batch, "cue", words.shape[1])
    loss = F.cross_entropy(network.cue(words).float().flatten(0, 1), gold.flatten(), ignore_index=-100)
    cues = [(row, at) for row, example in enumerate(batch) for at, _, _ in example.attributions]
    if not cues:
        return loss
    source, content = network.attribution(words, torch.tensor(cues))
    counted = present[[row for row, _ in cues]]
    sides = [torch.zeros(counted.shape), torch.zeros(counted.shape)]
    at = 0
    for example in batch:
        for _, *marks in example.attributions:
            for side, values in zip(sides, marks):
                side[at, : len(values)] = torch.tensor(values, dtype=torch.float32)
            at += 1
    binary = lambda scores, gold: F.binary_cross_entropy_with_logits(scores.float()[counted], gold[counted])
    return loss + 3 * binary(source, sides[0]) + binary(content, sides[1])


def factuality(network, words, present, batch):
    facts = [(row, *fact) for row, example in enumerate(batch) for fact in example.facts]
    row, word, gold, convention = (torch.tensor(column) for column in zip(*facts))
    scores = network.fact(words[row, word]).float().reshape(-1, 2, 3)
    return F.cross_entropy(scores[torch.arange(len(facts)), convention], gold, weight=FACTUALITY_WEIGHTS)


def incident(network, words, present, batch):
    """Parts of words; and of a sentence that it tells of an incident, by the word that says so most."""
    scores = network.part(words).float()
    gold = labels(batch, "parts", words.shape[1])
    loss = F.cross_entropy(scores[..., : len(PARTS)].flatten(0, 1), gold.flatten(), ignore_index=-100)
    judged = [row for row, example in enumerate(batch) if example.incidents[0] is not None]
    if not judged:
        return loss
    told = scores[judged, :, len(PARTS) :].masked_fill(~present[judged][..., None], -1e4)
    wanted = torch.tensor([batch[row].incidents for row in judged], dtype=torch.float32)
    return loss + 0.5 * F.binary_cross_entropy_with_logits(told.amax(1), wanted)


def ties(network, words, present, batch):
    scores = network.tied(words).float()
    scores = torch.cat([torch.zeros_like(scores[..., :1]), scores], -1)
    rows, sources, targets, gold = [], [], [], []
    for row, example in enumerate(batch):
        kinds = {(source, target): kind + 1 for source, target, kind in example.ties}
        for source in example.heads_of_entities:
            for target in example.heads_of_entities:
                if source != target:
                    rows.append(row)
                    sources.append(source)
                    targets.append(target)
                    gold.append(kinds.get((source, target), 0))
    return F.cross_entropy(scores[rows, sources, targets], torch.tensor(gold))


OF_TASK = {"syntax": syntax, "names": names, "attribution": attribution, "factuality": factuality, "incident": incident, "ties": ties}
