"""What do words that bring up happenings mean, and how common are words? Writes `triggers.tsv` and `commonness.tsv`.

Vectors of single words by MiniLM, turned into fewer numbers so that triggers of one chain of ECB+ (train) come near each other; how common a
word is says the Universal Dependencies treebanks of English."""

import argparse
import collections
import glob
import gzip
import json
import math
import os
import random
import re

import numpy as np
import torch
import torch.nn.functional as F
from transformers import AutoModel, AutoTokenizer

WIDTH, STEPS, BATCH = 40, 150, 4096
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"
SEEN_IN_TREEBANKS, SEEN_IN_DOCUMENTS = 3, 3
# Genres of GUM whose texts are free, as in training/linear.
FREE_GENRES = {"news", "interview", "bio", "voyage", "academic", "court", "speech", "textbook", "vlog"}


def treebank_documents(folder):
    """Lists of (lemma, part of speech), one a document; of GUM only those of free genres."""
    for name in ("ewt-train", "gum-train"):
        document, is_free = [], True
        with gzip.open(f"{folder}/{name}.conllu.gz", "rt") as lines:
            for line in lines:
                if line.startswith("# newdoc"):
                    if document:
                        yield document
                    document = []
                    is_free = name != "gum-train" or line.split("_")[1] in FREE_GENRES
                columns = line.split("\t")
                if is_free and len(columns) == 10 and columns[0].isdigit():
                    document.append((columns[2].lower(), columns[3]))
        if document:
            yield document


def chains(path):
    """(topic, chain, lemma) of each event mention of the training part."""
    with gzip.open(path, "rt") as rows:
        for row in map(json.loads, rows):
            for mention in row["mentions"]:
                if mention["kind"] == "event":
                    chain = mention["id"] if mention["singleton"] else mention["chain"]
                    yield row["topic"], chain, mention["head_lemma"].lower()


def embedded(words, base):
    tokenizer, model = AutoTokenizer.from_pretrained(base), AutoModel.from_pretrained(base).eval()
    parts = []
    with torch.no_grad():
        for at in range(0, len(words), 256):
            pieces = tokenizer(words[at : at + 256], padding=True, return_tensors="pt")
            hidden, mask = model(**pieces).last_hidden_state, pieces["attention_mask"][..., None]
            parts.append((hidden * mask).sum(1) / mask.sum(1))
    vectors = torch.cat(parts)
    return F.normalize(vectors - vectors.mean(0), dim=-1)


def pairs(mentions):
    """Pairs of different lemmas of one topic, of one chain and not. Only of the even topics: the weights are fitted to the odd ones."""
    topics = collections.defaultdict(list)
    for topic, chain, lemma in mentions:
        if int(topic) % 2:
            continue
        topics[topic].append((chain, lemma))
    alike, unlike = [], []
    for topic in topics.values():
        for at, (chain, lemma) in enumerate(topic):
            for other_chain, other in topic[:at]:
                if lemma != other:
                    (alike if chain == other_chain else unlike).append((lemma, other))
    random.Random(1).shuffle(unlike)
    return alike, unlike[: 12 * len(alike)]


def projection(vectors, at, alike, unlike):
    _, _, directions = torch.pca_lowrank(vectors, q=WIDTH, niter=4)
    weights = directions.clone().requires_grad_(True)
    scale = torch.tensor([6.0, -4.0], requires_grad=True)
    optimizer = torch.optim.Adam([weights, scale], lr=2e-3)
    rows = torch.tensor([[at[a], at[b]] for a, b in alike + unlike])
    right = torch.tensor([1.0] * len(alike) + [0.0] * len(unlike))
    generator = torch.Generator().manual_seed(1)
    for _ in range(STEPS):
        batch = torch.randint(len(rows), (BATCH,), generator=generator)
        one, other = (F.normalize(vectors[rows[batch, side]] @ weights, dim=-1) for side in (0, 1))
        odds = scale[0] * (one * other).sum(-1) + scale[1]
        loss = F.binary_cross_entropy_with_logits(odds, right[batch]) + 0.02 * ((weights - directions) ** 2).sum() / WIDTH
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights.detach()


def main():
    parser = argparse.ArgumentParser()
    for name in ("data", "base", "rules", "out"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    counts, documents, total = collections.Counter(), collections.Counter(), 0
    for document in treebank_documents(f"{arguments.data}/language"):
        total += 1
        counts.update(lemma for lemma, part in document if part in ("VERB", "NOUN"))
        documents.update({lemma for lemma, _ in document})
    mentions = list(chains(f"{arguments.data}/ecb_plus/train.jsonl.gz"))
    rules = " ".join(open(path).read() for path in sorted(glob.glob(f"{arguments.rules}/*.toml")))
    frames = {word for line in re.findall(r"^(?:verbs|nouns) = \[(.*)\]", rules, re.M) for word in re.findall(r'"([a-z-]+)', line)}
    words = {word for word, count in counts.items() if count >= SEEN_IN_TREEBANKS} | frames | {lemma for _, _, lemma in mentions}
    words = sorted(word for word in words if re.fullmatch(r"[a-z][a-z-]{1,24}", word))
    at = {word: row for row, word in enumerate(words)}
    vectors = embedded(words, arguments.base)
    alike, unlike = ([pair for pair in part if pair[0] in at and pair[1] in at] for part in pairs(mentions))
    weights = projection(vectors, at, alike, unlike)
    turned = F.normalize(vectors @ weights, dim=-1).numpy()
    half = len(LETTERS) // 2
    steps = np.clip(np.rint(turned / np.abs(turned).max(1, keepdims=True) * half), -half, half).astype(int) + half
    with open(f"{arguments.out}/triggers.tsv", "w") as out:
        out.write("# Words that bring up happenings as vectors: what is near means much the same. Made by training/linking/words.py: lemma, a letter for each number.\n")
        out.writelines(f"{word}\t{''.join(LETTERS[step] for step in row)}\n" for word, row in zip(words, steps))
    with open(f"{arguments.out}/commonness.tsv", "w") as out:
        out.write("# How much it says that two texts share a word: the logarithm of one in so many documents. Made by training/linking/words.py: word, weight.\n")
        for word, count in sorted(documents.items()):
            if count >= SEEN_IN_DOCUMENTS and any(c.isalnum() for c in word) and "\t" not in word and not word.startswith("#"):
                out.write(f"{word}\t{math.log((total + 1) / (count + 0.5)):.2f}\n")


if __name__ == "__main__":
    main()
