"""Fine-tunes the encoder on all tasks at once. README.md beside it gives the command and what it reads."""

import argparse
import json
import os
import random
import time

import torch

import losses
from batches import batches, disturbed, tensors
from corpora import INCIDENTS, NAMES, PARTS, TIES, UPOS, Hashes, analysed, attributions, factuality, incidents, is_free, names, syntax, ties, toponyms, treebank
from measures import measure
from network import Network
from pieces import Pieces
from texts import unwrapped

RELATIONS = (
    "root nsubj nsubj:pass csubj csubj:pass obj iobj ccomp xcomp obl obl:agent obl:unmarked advcl advcl:relcl advmod aux aux:pass cop mark nmod "
    "nmod:poss nmod:unmarked appos nummod acl acl:relcl amod det det:predet case conj cc cc:preconj compound compound:prt flat fixed goeswith "
    "list parataxis orphan dislocated vocative discourse expl reparandum punct dep clf"
).split()
# The part of each task's examples that one epoch reads.
SHARES = {"syntax": 1.0, "names": 0.3, "attribution": 0.3, "factuality": 0.6, "incident": 0.5, "ties": 1.0}
# Of the general factuality corpora a part is enough: the web predicates' sentences repeat EWT's, the templates each other.
FACTUALITY_SHARE = {"uds": 0.25, "mv2": 0.5, "rp": 0.5}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the corpora")
    parser.add_argument("--base", required=True, help="folder of the base model: model.safetensors, tokenizer.json")
    parser.add_argument("--analysed", required=True, help="folder with names.jsonl and the analysed texts (README.md)")
    parser.add_argument("--out", required=True, help="folder for checkpoints and the log")
    parser.add_argument("--seconds", type=float, default=4200, help="training time; the rates fall to nothing over it")
    parser.add_argument("--budget", type=int, default=2048, help="pieces a batch")
    parser.add_argument("--rate", type=float, default=3e-4, help="learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=1e-3, help="learning rate of the heads")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--warm", help="published weights (encoder.safetensors) to start from, in place of the base model's")
    parser.add_argument("--resume", help="checkpoint to go on from")
    parser.add_argument("--passed", type=float, default=0.0, help="the part of --seconds that the resumed training had behind it")
    parser.add_argument("--free-only", action="store_true", help="learn only from data under a stated free licence")
    return parser.parse_args()


def examples(options, pieces, hashes):
    """Training examples, and development examples by name."""
    lines = lambda name: hashes.lines(options.data, name)
    rows = lambda name: [json.loads(line) for line in lines(name) if line]
    own = lambda name: os.path.join(options.analysed, name)
    train = syntax(pieces, treebank(lines("language/ewt-train.conllu.gz")), RELATIONS)
    train += syntax(pieces, treebank(lines("language/gum-train.conllu.gz"), is_free), RELATIONS)
    train += names(pieces, open(own("names.jsonl"), encoding="utf8"))
    geovirus = [row for row in rows("geo/train.jsonl.gz") if row["corpus"] == "geovirus"]
    train += toponyms(pieces, analysed(own("geo.conllu"), geovirus), lambda document: [t["span"] for t in document["toponyms"]])
    learned = dict(hashes)
    facts = rows("factuality/train.jsonl.gz")
    if options.free_only:
        facts = [row for row in facts if row["corpus"] in ("uds", "meantime")]
    else:
        train += attributions(pieces, analysed(own("pol_train.conllu"), rows("attribution/train.jsonl.gz")), 0.5, options.seed)
        keyed = [unwrapped(row) for row in rows("muc4/train.jsonl.gz")]
        train += incidents(pieces, analysed(own("muc_train.conllu"), keyed), 0.5, options.seed)
    train += factuality(pieces, facts, FACTUALITY_SHARE, options.seed)
    related = [row for row in rows("re3d/train.jsonl") if "NC" not in row["license"]]
    train += ties(pieces, analysed(own("re3d_train.conllu"), related), 0.5)
    learned = dict(hashes)
    dev = {
        "ewt": syntax(pieces, treebank(lines("language/ewt-dev.conllu.gz")), RELATIONS),
        "gum": syntax(pieces, treebank(lines("language/gum-dev.conllu.gz")), RELATIONS),
        "names": names(pieces, [renamed(line) for line in lines("language/ww-dev.jsonl.gz") if line]),
        "attribution": attributions(pieces, analysed(own("pol_dev.conllu"), rows("attribution/dev.jsonl")), 1.0, options.seed),
        "factuality": factuality(pieces, rows("factuality/dev.jsonl"), {}, options.seed),
        "incidents": incidents(pieces, analysed(own("muc_dev.conllu"), [unwrapped(row) for row in rows("muc4/dev.jsonl")]), 1.0, options.seed),
        "ties": ties(pieces, analysed(own("re3d_dev.conllu"), rows("re3d/dev.jsonl")), 0.5),
    }
    return train, dev, learned


def renamed(line):
    """A line of the worldwide newswire names with our four kinds; others count as outside."""
    row = json.loads(line)
    kinds = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}
    kept = lambda tag: f"{tag[:2]}{kinds[tag[2:]]}" if tag[2:] in kinds else "O"
    return json.dumps({"tokens": row["tokens"], "tags": [kept(tag) for tag in row["tags"]], "others": True})


def chosen(train, epoch):
    """The examples of one epoch."""
    dice = random.Random(1000 + epoch)
    tasks = {}
    for example in train:
        tasks.setdefault(example.task, []).append(example)
    return [x for task, all_ in sorted(tasks.items()) for x in dice.sample(all_, int(len(all_) * SHARES[task]))]


def main():
    options = arguments()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    torch.set_num_threads(options.threads)
    os.makedirs(options.out, exist_ok=True)
    pieces, hashes = Pieces(os.path.join(options.base, "tokenizer.json")), Hashes()
    train, dev, learned = examples(options, pieces, hashes)
    labels = {"upos": UPOS, "relations": RELATIONS, "names": NAMES, "parts": PARTS, "incidents": INCIDENTS, "ties": TIES}
    network = Network(labels)
    network.load_base(os.path.join(options.base, "model.safetensors"))
    if options.warm:
        network.load_published(options.warm)
    begun = 0
    if options.resume:
        saved = torch.load(options.resume, weights_only=True)
        network.load_state_dict(saved["weights"])
        begun = saved["epochs"]
    encoder = [p for n, p in network.named_parameters() if n.split(".")[0] in ("tok", "pos", "typ", "case", "ln", "layers")]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if id(p) not in known]
    rates = (options.rate, options.head_rate)
    groups = [{"params": encoder, "lr": rates[0], "weight_decay": 0.01}, {"params": heads, "lr": rates[1], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    log = open(os.path.join(options.out, "log.txt"), "a", encoding="utf8")

    def say(*parts):
        line = " ".join(str(part) for part in parts)
        print(line, flush=True)
        print(line, file=log, flush=True)

    sizes = {}
    for example in train:
        had = sizes.setdefault(example.task, [0, 0])
        had[0] += 1
        had[1] += len(example.ids)
    say("examples and pieces:", sizes)
    spent, step, epoch = options.passed * options.seconds, 0, begun
    while spent < options.seconds:
        network.train()
        started, pieces_read, loss_of = time.time(), 0, {}
        for batch in batches(chosen(train, epoch), options.budget, seed=epoch):
            part = (spent + time.time() - started) / options.seconds
            if part >= 1:
                break
            scale = min(1.0, (step + 1) / 300) * max(0.01, 1 - part)
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * scale
            ids, mask, cases, first, present = tensors(batch)
            ids, cases = disturbed(ids, cases)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                words = network.drop(network.encode(ids, mask, cases, first))
                loss = losses.OF_TASK[batch[0].task](network, words, present, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            pieces_read += int(mask.sum())
            had = loss_of.setdefault(batch[0].task, [0.0, 0])
            had[0] += float(loss.detach())
            had[1] += 1
        took = time.time() - started
        spent += took
        say(f"epoch {epoch}: {took:.0f} s, {pieces_read / took:.0f} pieces/s, {spent:.0f} s in all", {k: round(a / b, 3) for k, (a, b) in loss_of.items()})
        if epoch % 4 == 3 or spent >= options.seconds:
            for name, part in dev.items():
                say("  ", name, measure(network, part, RELATIONS))
        torch.save({"weights": network.state_dict(), "labels": labels, "learned": learned, "tasks": sorted({x.task for x in train}), "options": vars(options), "seconds": spent, "epochs": epoch + 1}, os.path.join(options.out, "checkpoint.pt"))
        epoch += 1


if __name__ == "__main__":
    main()
