"""Examples put together into tensors: one task a batch, like lengths together."""

import random

import torch

from pieces import MASK

FIRST_WHOLE_PIECE = 999


def batches(examples, budget, seed=None):
    """Lists of examples of one task, each of at most `budget` pieces when padded; shuffled by `seed` where one is given."""
    dice = random.Random(seed)
    tasks = {}
    for example in examples:
        tasks.setdefault(example.task, []).append(example)
    made = []
    for task in tasks.values():
        task = sorted(task, key=lambda x: len(x.ids) + (dice.random() * 6 if seed is not None else 0))
        batch, longest = [], 0
        for example in task:
            longest = max(longest, len(example.ids))
            if batch and longest * (len(batch) + 1) > budget:
                made.append(batch)
                batch, longest = [], len(example.ids)
            batch.append(example)
        if batch:
            made.append(batch)
    if seed is not None:
        dice.shuffle(made)
    return made


def tensors(batch):
    """Piece numbers, mask, cases and first pieces of a batch, and its mask of words."""
    length, words = max(len(x.ids) for x in batch), max(len(x.first) for x in batch)
    ids, mask, cases = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(3))
    first = torch.zeros(len(batch), words, dtype=torch.long)
    present = torch.zeros(len(batch), words, dtype=torch.bool)
    for row, example in enumerate(batch):
        pieces, count = len(example.ids), len(example.first)
        ids[row, :pieces] = torch.tensor(example.ids)
        mask[row, :pieces] = 1
        cases[row, :pieces] = torch.tensor(example.cases)
        first[row, :count] = torch.tensor(example.first)
        present[row, :count] = True
    return ids, mask, cases, first, present


def labels(batch, name, width):
    """The labels `name` of each word; -100, which no loss counts, past a sentence's end."""
    out = torch.full((len(batch), width), -100, dtype=torch.long)
    for row, example in enumerate(batch):
        values = getattr(example, name)
        out[row, : len(values)] = torch.tensor(values)
    return out


def disturbed(ids, cases):
    """Pieces and cases as training sees them: one piece in twenty masked; some sentences all in capitals, some all small, some told nothing."""
    ids = torch.where((torch.rand(ids.shape) < 0.05) & (ids >= FIRST_WHOLE_PIECE), torch.full_like(ids, MASK), ids)
    fate = torch.rand(cases.shape[0], 1)
    lettered = (cases >= 0) & (cases < 4) & (ids >= 104)
    cases = torch.where((fate < 0.06) & lettered, torch.full_like(cases, 2), cases)
    cases = torch.where((fate > 0.97) & lettered, torch.zeros_like(cases), cases)
    return ids, torch.where((fate > 0.94) & (fate <= 0.97), torch.zeros_like(cases), cases)
