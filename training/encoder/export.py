"""Writes a checkpoint as the program reads it: `encoder.safetensors` with 8-bit weights, and `manifest.json`; and reference readings for its tests."""

import argparse
import hashlib
import json
import os
import shutil

import torch
from safetensors.torch import save_file

from corpora import Hashes
from network import ATTENTION_HEADS, LAYERS, Network
from pieces import Pieces

# Positions that the program can ask for: the most pieces of a window.
POSITIONS = 256
# Options that name places of one machine.
PATHS = {"data", "base", "analysed", "out", "resume", "warm"}
LEARNED_FROM = [
    {"name": "UD English-EWT", "licence": "CC BY-SA 4.0", "part": "train"},
    {"name": "UD English-GUM", "licence": "annotation CC BY 4.0; texts CC BY, CC BY-SA or public domain", "part": "train; free genres"},
    {"name": "WikiGold", "licence": "CC BY 4.0", "part": "all"},
    {"name": "WNUT17", "licence": "CC BY 4.0", "part": "train"},
    {"name": "Universal NER on EWT", "licence": "CC BY-SA 4.0", "part": "dev"},
    {"name": "re3d", "licence": "OGL 3.0, public domain, CC BY-SA 3.0", "part": "train, without its non-commercial documents"},
    {"name": "GeoVirus", "licence": "texts CC BY 2.5", "part": "all"},
    {"name": "PolNeAR 1.0.0", "licence": "none stated; only statistics of its marks are in the weights", "part": "train"},
    {"name": "MUC-3/4", "licence": "texts not to be handed on; only statistics of its keys are in the weights", "part": "train"},
    {"name": "UW, UDS It-Happened, MEANTIME, CommitmentBank, MegaVeridicality, Ross & Pavlick factuality", "licence": "CC BY-SA 4.0 (UDS), CC BY 4.0 (MEANTIME), texts of the others not to be handed on; only statistics of their judgements are in the weights", "part": "train"},
]
# The heads of each task that the program uses: linear layers, and further matrices. The others are learned for the encoder's sake.
HEADS = {
    "syntax": (["upos", "mlp"], ["arc", "rel"]),
    "names": (["names"], []),
    "attribution": (["cue", "att"], ["src", "con"]),
    "factuality": (["fact"], []),
}
# Labels of those heads.
LABELS = ("upos", "relations", "names")


def quantized(out, name, weight):
    """Stores a matrix as 8-bit integers with one scale a row."""
    scale = weight.abs().amax(1).clamp(min=1e-8) / 127
    out[f"{name}.w"] = torch.round(weight / scale[:, None]).clamp(-127, 127).to(torch.int8)
    out[f"{name}.scale"] = scale


def tensors(network, tasks):
    """All tensors of the file by name; only the heads of tasks that were learned."""
    out = {}
    quantized(out, "tok", network.tok.weight.data)
    out["pos"] = network.pos.weight.data[:POSITIONS] + network.typ.data
    out["case"] = network.case.weight.data
    norm = lambda name, layer: out.update({f"{name}.w": layer.weight.data, f"{name}.b": layer.bias.data})
    norm("ln", network.ln)
    for number, layer in enumerate(network.layers):
        for part in ("qkv", "o", "up", "down"):
            linear = getattr(layer, part)
            quantized(out, f"l{number}.{part}", linear.weight.data)
            out[f"l{number}.{part}.b"] = linear.bias.data
        norm(f"l{number}.ln1", layer.ln1)
        norm(f"l{number}.ln2", layer.ln2)
    for task in filter(HEADS.get, tasks):
        layers, matrices = HEADS[task]
        for head in layers:
            norm(head, getattr(network, head))
        for head in matrices:
            out[f"{head}.w"] = getattr(network, head).data
    out["root"] = network.root.data
    return {name: tensor.contiguous() for name, tensor in out.items()}


@torch.no_grad()
def reference(network, pieces, labels, sentences):
    """What the framework itself, in 32 bits, reads in each sentence."""
    readings = []
    for words in sentences:
        ids, cases, first = (torch.tensor([part]) for part in pieces.sentence(words))
        vectors = network.encode(ids, torch.ones_like(ids), cases, first)
        arcs, rel_head, rel_word = network.parse(vectors)
        heads = arcs.argmax(-1)
        relations = network.relations(rel_head, rel_word, heads).argmax(-1)
        pick = lambda name, scores: [labels[name][at] for at in scores.argmax(-1)[0].tolist()]
        rounded = lambda tensor: [[round(float(x), 4) for x in row] for row in tensor]
        readings.append(
            {
                "words": words,
                "upos": pick("upos", network.upos(vectors)),
                "heads": heads[0].tolist(),
                "relations": [labels["relations"][at] for at in relations[0].tolist()],
                "names": pick("names", network.names(vectors)),
                "cue": rounded(network.cue(vectors)[0]),
                "fact": rounded(network.fact(vectors)[0]),
                "vectors": rounded(vectors[0, :, :8]),
            }
        )
    return readings


@torch.no_grad()
def averaged(network, labels, options):
    """The mean of a network and of the published one that it was trained from: better than either (Wortsman et al. 2022)."""
    published = Network(labels)
    published.load_base(os.path.join(options.base, "model.safetensors"))
    published.load_published(options.average)
    one, other = network.state_dict(), published.state_dict()
    network.load_state_dict({name: (one[name] + other[name]) / 2 for name in one})
    return network


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--base", required=True, help="folder of the base model: vocab.txt, tokenizer.json, model.safetensors")
    parser.add_argument("--average", help="published weights that the checkpoint was trained from, to average it with")
    parser.add_argument("--out", required=True, help="folder for encoder.safetensors and manifest.json")
    parser.add_argument("--sentences", help="text file with a tokenized sentence a line, to write golden.json of")
    parser.add_argument("--own", nargs="*", default=[], help="further files that the weights learned from, for the manifest")
    options = parser.parse_args()
    saved = torch.load(options.checkpoint, weights_only=True)
    labels = saved["labels"]
    network = Network(labels)
    network.load_state_dict(saved["weights"])
    if options.average:
        network = averaged(network, labels, options)
    network.eval()
    os.makedirs(options.out, exist_ok=True)
    path = os.path.join(options.out, "encoder.safetensors")
    metadata = {name: json.dumps(labels[name]) for name in LABELS}
    save_file(tensors(network, saved["tasks"]), path, metadata | {"heads": str(ATTENTION_HEADS), "layers": str(LAYERS)})
    sha256 = lambda name: hashlib.sha256(open(name, "rb").read()).hexdigest()
    hashes = Hashes(saved["learned"])
    hashes.update({os.path.basename(name): sha256(name) for name in options.own})
    vocabulary = os.path.join(options.out, "vocab.txt")
    shutil.copyfile(os.path.join(options.base, "vocab.txt"), vocabulary)
    manifest = {
        "name": "encoder-en",
        "version": 2,
        "task": "universal parts of speech, dependency syntax, names, who says what, factuality of English",
        "files": {"encoder.safetensors": sha256(path), "vocab.txt": sha256(vocabulary)},
        "licence": "CC BY-SA 4.0",
        "base": {
            "name": "all-MiniLM-L6-v2, from nreimers/MiniLM-L6-H384-uncased",
            "licence": "Apache-2.0",
            "sha256": sha256(os.path.join(options.base, "model.safetensors")),
        },
        "learned_from": LEARNED_FROM,
        "data_sha256": hashes,
        "options": {name: value for name, value in saved["options"].items() if name not in PATHS},
        "epochs": saved["epochs"],
        "averaged_with_sha256": sha256(options.average) if options.average else None,
    }
    with open(os.path.join(options.out, "manifest.json"), "w", encoding="utf8") as file:
        json.dump(manifest, file, indent=2)
        file.write("\n")
    if options.sentences:
        sentences = [line.split() for line in open(options.sentences, encoding="utf8") if line.strip()]
        with open(os.path.join(options.out, "golden.json"), "w", encoding="utf8") as file:
            json.dump(reference(network, Pieces(os.path.join(options.base, "tokenizer.json")), labels, sentences), file, ensure_ascii=False)
            file.write("\n")


if __name__ == "__main__":
    main()
