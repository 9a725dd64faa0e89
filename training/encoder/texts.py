"""Takes the raw texts out of the corpora whose words are to be cut by the program itself: one JSON object with `id` and `text` a line."""

import argparse
import gzip
import json
import os


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf8") if path.endswith(".gz") else open(path, encoding="utf8")
    with opened as file:
        return [json.loads(line) for line in file]


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
        "geo": [row for row in read("geo/train.jsonl.gz") if row["corpus"] == "geovirus"],
    }
    for name, documents in texts.items():
        with open(os.path.join(options.out, name + ".jsonl"), "w", encoding="utf8") as file:
            for document in documents:
                file.write(json.dumps({"id": str(document["id"]), "text": document["text"]}) + "\n")


if __name__ == "__main__":
    main()
