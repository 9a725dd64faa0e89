"""The network: a six-layer BERT encoder (MiniLM-L6-H384, uncased) that is told each word's letter case, and its heads."""

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

HIDDEN, FEED_FORWARD, ATTENTION_HEADS, LAYERS = 384, 1536, 12, 6
VOCABULARY, POSITIONS, CASES = 30522, 512, 6
ARC, RELATION, ATTRIBUTION, TIE = 192, 96, 96, 64


class Layer(nn.Module):
    """One post-norm transformer layer, without dropout."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.o = nn.Linear(HIDDEN, HIDDEN)
        self.ln1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, FEED_FORWARD)
        self.down = nn.Linear(FEED_FORWARD, HIDDEN)
        self.ln2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, bias):
        batch, length, _ = x.shape
        size = HIDDEN // ATTENTION_HEADS
        parts = self.qkv(x).split(HIDDEN, dim=-1)
        q, k, v = (part.reshape(batch, length, ATTENTION_HEADS, size).transpose(1, 2) for part in parts)
        # Plain products: on a CPU the backward pass of fused attention in bf16 takes several times as long.
        attention = torch.softmax(torch.matmul(q * size**-0.5, k.transpose(-1, -2)) + bias, -1)
        context = torch.matmul(attention, v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.ln1(x + self.o(context))
        return self.ln2(x + self.down(F.gelu(self.up(x))))


class Network(nn.Module):
    """Encoder and heads. `labels` gives the labels of `upos`, `relations`, `names`, `parts`, `incidents` and `ties`; `fact` has three classes for each of two conventions."""

    def __init__(self, labels):
        super().__init__()
        self.tok = nn.Embedding(VOCABULARY, HIDDEN)
        self.pos = nn.Embedding(POSITIONS, HIDDEN)
        self.typ = nn.Parameter(torch.zeros(HIDDEN))
        self.case = nn.Embedding(CASES, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.ln = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.drop = nn.Dropout(0.3)
        self.upos = nn.Linear(HIDDEN, len(labels["upos"]))
        self.mlp = nn.Linear(HIDDEN, 2 * ARC + 2 * RELATION)
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.05)
        self.rel = nn.Parameter(torch.randn(len(labels["relations"]), RELATION + 1, RELATION + 1) * 0.02)
        self.names = nn.Linear(HIDDEN, len(labels["names"]))
        self.cue = nn.Linear(HIDDEN, 3)
        self.att = nn.Linear(HIDDEN, 3 * ATTRIBUTION)
        self.src = nn.Parameter(torch.randn(ATTRIBUTION + 1, ATTRIBUTION + 1) * 0.05)
        self.con = nn.Parameter(torch.randn(ATTRIBUTION + 1, ATTRIBUTION + 1) * 0.05)
        self.fact = nn.Linear(HIDDEN, 6)
        self.part = nn.Linear(HIDDEN, len(labels["parts"]) + len(labels["incidents"]))
        self.ends = nn.Linear(HIDDEN, 2 * TIE)
        self.tie = nn.Parameter(torch.randn(len(labels["ties"]), TIE + 1, TIE + 1) * 0.02)

    def load_base(self, path):
        """Takes the encoder's weights from the base model, in the format of Hugging Face's BERT."""
        weights = load_file(path)
        embeddings = "embeddings."
        copy = lambda parameter, name: parameter.data.copy_(weights[name])
        copy(self.tok.weight, embeddings + "word_embeddings.weight")
        copy(self.pos.weight, embeddings + "position_embeddings.weight")
        self.typ.data.copy_(weights[embeddings + "token_type_embeddings.weight"][0])
        for kind in ("weight", "bias"):
            copy(getattr(self.ln, kind), embeddings + "LayerNorm." + kind)
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                stacked = [weights[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(stacked, 0))
                copy(getattr(layer.o, kind), at + "attention.output.dense." + kind)
                copy(getattr(layer.ln1, kind), at + "attention.output.LayerNorm." + kind)
                copy(getattr(layer.up, kind), at + "intermediate.dense." + kind)
                copy(getattr(layer.down, kind), at + "output.dense." + kind)
                copy(getattr(layer.ln2, kind), at + "output.LayerNorm." + kind)

    def load_published(self, path):
        """Takes all weights that a file written by export.py holds; heads that it lacks stay as they are. Rounded to 8 bits, they are a
        start for further training."""
        weights = load_file(path)
        whole = lambda name: weights[f"{name}.w"].float() * weights[f"{name}.scale"][:, None]
        found = {"tok.weight": whole("tok"), "case.weight": weights["case"], "ln.weight": weights["ln.w"], "ln.bias": weights["ln.b"]}
        for number in range(LAYERS):
            for part in ("qkv", "o", "up", "down"):
                found[f"layers.{number}.{part}.weight"] = whole(f"l{number}.{part}")
                found[f"layers.{number}.{part}.bias"] = weights[f"l{number}.{part}.b"]
            for part in ("ln1", "ln2"):
                found[f"layers.{number}.{part}.weight"] = weights[f"l{number}.{part}.w"]
                found[f"layers.{number}.{part}.bias"] = weights[f"l{number}.{part}.b"]
        for head in ("upos", "mlp", "names", "cue", "att", "fact", "part", "ends"):
            if f"{head}.w" in weights:
                found |= {f"{head}.weight": weights[f"{head}.w"], f"{head}.bias": weights[f"{head}.b"]}
        found |= {name: weights[f"{name}.w"] for name in ("arc", "rel", "src", "con", "tie") if f"{name}.w" in weights}
        found["root"] = weights["root"]
        with torch.no_grad():
            # Positions hold the type's vector already.
            self.typ.zero_()
            self.pos.weight[: len(weights["pos"])] = weights["pos"]
            for name, parameter in self.named_parameters():
                if name in found:
                    parameter.copy_(found[name])

    def encode(self, ids, mask, case, first):
        """Vectors of words (batch, words, 384): of each the first piece's. `first` holds the numbers of those pieces."""
        x = self.ln(self.tok(ids) + self.pos.weight[: ids.shape[1]] + self.typ + self.case(case))
        bias = (1.0 - mask.to(torch.float32))[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return torch.gather(x, 1, first[..., None].expand(-1, -1, HIDDEN))

    def parse(self, words):
        """Scores (batch, words, 1 + words) of each word's heads, the root first, and the two sides of the label scores."""
        batch = words.shape[0]
        rooted = torch.cat([self.root.to(words.dtype).expand(batch, 1, HIDDEN), words], 1)
        hidden = F.dropout(F.gelu(self.mlp(rooted)), 0.25, self.training)
        arc_head, arc_word, rel_head, rel_word = hidden.split([ARC, ARC, RELATION, RELATION], -1)
        one = torch.ones_like(arc_word[..., :1])
        arcs = torch.matmul(torch.matmul(torch.cat([arc_word, one], -1)[:, 1:], self.arc.to(words.dtype)), arc_head.transpose(1, 2))
        return arcs, torch.cat([rel_head, one], -1), torch.cat([rel_word, one], -1)[:, 1:]

    def relations(self, rel_head, rel_word, heads):
        """Scores (batch, words, labels) of each word's relation to its head in `heads`, 0 for the root."""
        chosen = torch.gather(rel_head, 1, heads[..., None].expand(-1, -1, rel_head.shape[-1]))
        return torch.einsum("bwi,rij,bwj->bwr", rel_word, self.rel.to(rel_word.dtype), chosen)

    def attribution(self, words, cues):
        """Scores (cues, words) that a word belongs to the source, and to the content, of each cue; `cues` = (sentence, word) pairs."""
        hidden = F.dropout(F.gelu(self.att(words)), 0.2, self.training)
        one = torch.ones_like(hidden[..., :1])
        cue, source, content = (torch.cat([part, one], -1) for part in hidden.split(ATTRIBUTION, -1))
        cue = cue[cues[:, 0], cues[:, 1]]
        score = lambda matrix, side: torch.einsum("ci,ij,cwj->cw", cue, matrix.to(cue.dtype), side[cues[:, 0]])
        return score(self.src, source), score(self.con, content)

    def tied(self, words):
        """Scores (batch, from, to, ties) of each relation between two words, against none at 0."""
        hidden = F.dropout(F.gelu(self.ends(words)), 0.3, self.training)
        one = torch.ones_like(hidden[..., :1])
        source, target = (torch.cat([part, one], -1) for part in hidden.split(TIE, -1))
        return torch.einsum("bui,rij,bvj->buvr", source, self.tie.to(source.dtype), target)
