#!/usr/bin/env python3
"""How fast does the workbench answer over HTTP, one reader after another and fifty at once with a writer?

    python3 benches/load.py RECORD [SAYSO]

serves RECORD (as `cargo run --release -p sayso-benches --bin linking -- DIR 100000` makes one) on loopback with SAYSO (default:
target/release/sayso), asks each screen forty times, then lets fifty readers and one writer loose for thirty seconds. The writer
accepts statements and takes each decision back, so the record ends as it began but for its log. Only Python's own library is used.
"""

import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time

TIMES = 40
READERS = 50
SECONDS = 30


class Workbench:
    """A served record, with somebody signed in by the link."""

    def __init__(self, sayso, record):
        command = [sayso, "serve", "--record", record, "--address", "127.0.0.1:0", "--by", "load", "--requests-per-minute", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        for line in self.process.stderr:
            found = re.search(r"http://127\.0\.0\.1:(\d+)(/enter\?key=\w+)", line)
            if found:
                self.port = int(found.group(1))
                break
        self.cookie = None
        answer = self.ask(found.group(2))[2]
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]

    def ask(self, path, body=None):
        """Status, body and response of a request, and the seconds that it took."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        begun = time.perf_counter()
        connection.request("POST" if body is not None else "GET", path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        return answer.status, text, answer, time.perf_counter() - begun

    def ids(self, path, pattern):
        return re.findall(f'"id":"({pattern})"', self.ask(f"/api/v1{path}")[1])[:50]


def screens(workbench):
    """The addresses of each screen, and the statements that the writer decides on."""
    events = workbench.ids("/events?limit=50", "e-[^\"]+")
    documents = workbench.ids("/documents?limit=50", "[^\"]+")
    statements = workbench.ids("/statements?limit=50&q=killed", "[0-9a-f]{16}")
    actors = re.findall(r'"actor_id":"([^"]+)"', workbench.ask("/api/v1/events?limit=50")[1])[:20]
    addresses = {
        "search events": ["/?q=killed", "/?q=attack+type:assault", "/?q=status:contested", "/?q=%22market%22"],
        "search documents": ["/?q=killed&as=documents"],
        "search actors": ["/?q=group&as=actors"],
        "search statements": ["/?q=killed&as=statements"],
        "search a prefix": ["/?q=kil*"],
        "home": ["/"],
        "document": [f"/document/{one}" for one in documents],
        "event": [f"/event/{one}" for one in events],
        "statement": [f"/statement/{one}" for one in statements],
        "actor": [f"/actor/{one}" for one in actors],
        "relations": ["/relations"],
        "map": ["/map"],
        "review": ["/review", "/review/new"],
        "book": ["/book", "/book/sources"],
    }
    return {name: paths for name, paths in addresses.items() if paths}, statements


def one_by_one(workbench, addresses):
    print(f"{'screen':18} {'median':>8} {'p95':>8} {'most':>8} {'first':>8}  ms")
    for name, paths in addresses.items():
        answers = [workbench.ask(paths[at % len(paths)]) for at in range(TIMES)]
        bad = [answer[0] for answer in answers if answer[0] >= 400]
        times = [answer[3] * 1000 for answer in answers]
        first, times = times[0], sorted(times)
        print(f"{name:18} {times[TIMES // 2]:8.1f} {times[TIMES * 19 // 20]:8.1f} {times[-1]:8.1f} {first:8.1f}  {bad or ''}", flush=True)


def all_at_once(workbench, addresses, statements):
    paths = [path for name, of_screen in addresses.items() if name != "search a prefix" for path in of_screen]
    end = time.time() + SECONDS
    read, written, faults = [], [], []

    def reader(seed):
        chance = random.Random(seed)
        while time.time() < end:
            status, _, _, seconds = workbench.ask(chance.choice(paths))
            read.append(seconds)
            if status >= 400:
                faults.append(status)

    def writer():
        for statement in statements:
            for path, body in [("/decisions", {"action": "accept", "statement": statement, "why": ""}), ("/decisions/undo", {})]:
                if time.time() >= end:
                    return
                status, text, _, seconds = workbench.ask(f"/api/v1{path}", body)
                written.append(seconds)
                if status >= 400:
                    faults.append(text[:200])

    threads = [threading.Thread(target=reader, args=(seed,)) for seed in range(READERS)] + [threading.Thread(target=writer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    part = lambda times, share: round(sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000) if times else "-"
    print(f"{READERS} readers, {SECONDS} s: {len(read)} answers, median {part(read, 0.5)} ms, p95 {part(read, 0.95)} ms")
    print(f"1 writer: {len(written)} decisions, median {part(written, 0.5)} ms, most {part(written, 1)} ms; faults: {len(faults)} {faults[:3]}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    workbench = Workbench(sys.argv[2] if len(sys.argv) > 2 else "target/release/sayso", sys.argv[1])
    try:
        time.sleep(3)  # the map is surveyed in the background when the server begins
        addresses, statements = screens(workbench)
        one_by_one(workbench, addresses)
        all_at_once(workbench, addresses, statements)
    finally:
        workbench.process.terminate()


main()
