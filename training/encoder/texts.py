"""Takes the raw texts out of the corpora whose words are to be cut by the program itself: one JSON object with `id` and `text` a line."""

import argparse
import gzip
import json
import os


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf8") if path.endswith(".gz") else open(path, encoding="utf8")
    with opened as file:
        return [json.loads(line) for line in file]


def unwrapped(row):
    """A report of MUC-4 with one line a paragraph in `text`, as `cargo xtask eval muc4` reads it."""
    return row | {"text": "\n\n".join(part.replace("\n", " ") for part in row["body"].strip().split("\n\n"))}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder of the corpora")
    parser.add_argument("--out", required=True, help="folder to write to")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    read = lambda name: rows(os.path.join(options.data, name))
    texts = {
        "pol_train": read("attribution/train.jsonl.gz"),
        "pol_dev": read("attribution/dev.jsonl"),
        "muc_train": [unwrapped(row) | {"id": row["docid"]} for row in read("muc4/train.jsonl.gz")],
        "muc_dev": [unwrapped(row) | {"id": row["docid"]} for row in read("muc4/dev.jsonl")],
        "re3d_train": [row for row in read("re3d/train.jsonl") if "NC" not in row["license"]],
        "re3d_dev": read("re3d/dev.jsonl"),
        "geo": [row for row in read("geo/train.jsonl.gz") if row["corpus"] == "geovirus"],
    }
    for name, documents in texts.items():
        with open(os.path.join(options.out, name + ".jsonl"), "w", encoding="utf8") as file:
            for document in documents:
                file.write(json.dumps({"id": str(document["id"]), "text": document["text"]}) + "\n")


if __name__ == "__main__":
    main()
