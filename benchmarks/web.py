"""How fast the pages are: 100,000 synthetic claims, 20 readers and 2 reviewers at once, on this machine.

    python benchmarks/web.py [--claims 100000] [--seconds 40] [--unlinked] [--record FILE] [--json]

The record is like an archive: thousands of places over ten years, some of them in the news for long, a few outlets, events that several reports tell
of. It is linked before it is served; with --unlinked it is served as it was read, and linked beside the pages.

Each reader opens a page, reads for a second on average, and opens another; the two reviewers judge the same claims and links on purpose.
Server time is what the server says it took (Server-Timing); no judgement may be lost, and of two at once the second is told.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np

from relaas.linkage import link
from relaas.linking.identity import linker_identity
from relaas.linking.linker import Weights
from relaas.model.claim import Claim, Cue, Sentence
from relaas.model.document import Document, Passage
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.run import Run
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.ontology.display import labels
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.store.linking import LinkStore
from relaas.store.store import Store

READERS, REVIEWERS, PAUSE = 20, 2, 1.0
EACH, PLACES, HOT, IN_THE_NEWS = 20, 4_000, 20, 0.15
"""Claims a report; places, how many of them are in the news for ten years, and the share of reports about those."""
LIMIT_MS = 200
VERBS = (
    ("bereikten", "offensive"), ("verlieten", "control"), ("beschoten", "battle"), ("meldden schade in", "damage"), ("evacueerden", "displacement"),
    ("omsingelden", "control"), ("heroverden", "control"), ("doodden burgers in", "casualties"), ("spraken over", "statement"), ("hielpen in", "aid"),
)  # fmt: skip
WHO = ("troepen", "milities", "hulpverleners", "inwoners", "eenheden", "vrijwilligers", "de brigade")
BODIES = ("legerleiding", "ziekenhuis", "gouverneur", "waarnemers", "burgemeester", "persdienst", "hulporganisatie")


def main() -> None:
    """Make the record, serve it, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--unlinked", action="store_true")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = options.record or Path(folder, "record.db")
        if not base.exists():
            began = time.perf_counter()
            fill(base, options.claims)
            print(f"record of {options.claims:,} claims made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        if not options.unlinked:
            began = time.perf_counter()
            with Store.open(str(base)) as store:
                link(store)
            print(f"linked in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        figures = measure(base, options.seconds)
    print(json.dumps(figures, indent=2) if options.json else shown(figures))
    sys.exit(figures["p95_ms"] > LIMIT_MS or figures["lost"] > 0)


def fill(base: Path, claims: int) -> None:
    """A record of synthetic reports, twenty claims each, about some of thousands of places over ten years."""
    chance = random.Random(8)
    run = Run({"synthetic": "1"})
    with Store.open(str(base)) as store:
        for first in range(0, claims // EACH, 200):
            with store.writer() as writer:
                for number in range(first, min(first + 200, claims // EACH)):
                    report, found, words = _report(number, chance)
                    lemmas = [" ".join(f"{word}/{word}" for word in one.lower().split()) for one in words]
                    settled = writer.add_document(report, report.text.encode())
                    vectors = {at: _vector(number, at, one) for at, one in enumerate(found)}
                    writer.add_reading(settled, run, found, words, [], lemmas=lemmas, vectors=vectors)


def _report(number: int, chance: random.Random) -> tuple[Document, list[Claim], list[str]]:
    """One report: a few places, of those in the news or of all, on a day of ten years."""
    hot = chance.random() < IN_THE_NEWS
    here = [_place(chance.randrange(HOT) if hot else chance.randrange(PLACES)) for _ in range(3)]
    parts = [
        (chance.choice(WHO), *chance.choice(VERBS), chance.choice(here), f"{chance.choice(BODIES)} {chance.randrange(60)}", chance.randrange(2, 400))
        for _ in range(EACH)
    ]  # fmt: skip
    sentences = [
        f"Volgens {body} {verb} {count} {who} op dag {at} van {number} {place.text}."
        for at, (who, verb, _, place, body, count) in enumerate(parts)
    ]
    day = (date(2015, 1, 1) + timedelta(days=chance.randrange(3_650))).isoformat()
    text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, EACH, 4))
    report = PlainText().read(
        text.encode(), f"bericht-{number:05d}.txt", Options(Metadata(f"Bode {number % 40}", day, None, "nl"))
    )
    found = [
        _claim(report, sentence, *part[1:], chance, day=day, index=at)
        for at, (sentence, part) in enumerate(zip(sentences, parts, strict=True))
    ]
    return report, found, sentences


def _place(number: int) -> Place:
    where = random.Random(number)
    lat, lon = where.uniform(-50, 60), where.uniform(-100, 100)
    return Place(f"Plaats {number}", f"Place {number}", None, "populated place", "location", False, lat, lon, 5.0, 0, 0, "UA")  # fmt: skip


def _claim(
    report: Document, sentence: str, verb: str, topic: str, place: Place, body: str, count: int, chance: random.Random, *, day: str, index: int
) -> Claim:  # fmt: skip
    start = report.text.index(sentence)
    said, there = start + 8, report.text.index(str(place.text), start)
    number = report.text.index(str(count), start + 8 + len(body))
    spot = replace(place, inherited=index % 3 == 0, start=None if index % 3 == 0 else there,
                   end=None if index % 3 == 0 else there + len(str(place.text)))  # fmt: skip
    when = Time(f"dag {index}", start, start + 5, "DATE", day, day, day, day, None, "synthetic") if index % 2 else None
    counted = Quantity(
        str(count), count, count, count, "=", "killed", "people", False, number, number + len(str(count))
    )
    return Claim(
        report.id, Span(start, start + len(sentence) - 1), 0, Sentence(index, Span(start, start + len(sentence))),
        Passage("body", report.body, "nl"), chance.choice(labels("evidence")), chance.choice(labels("certainty")),
        topic, Source(body, chance.choice(labels("source_kinds")), body, said, said + len(body)),
        time=when, places=(spot,), reported=day, cues={"evidence": Cue("nl.according.volgens", (Span(start, start + 7),))},
        quantities=(counted,) if topic == "casualties" else (),
    )  # fmt: skip


def _vector(report: int, index: int, claim: Claim) -> bytes:
    """Alike for what tells of one sort of event at one place, so that about as many pairs are near as in reports that were read."""
    centre = Weights.shipped().centre
    assert centre is not None
    event = np.random.default_rng([int(claim.places[0].name.split()[1]), labels("topics").index(claim.topic)])
    noise = np.random.default_rng([report, index])
    made = centre + 0.35 * (event.normal(size=len(centre)) + noise.normal(size=len(centre))) / 20
    return bytes(made.astype("<f2").tobytes())


class Client:
    """One browser: keeps its cookies and its connection, and notes what every page took."""

    def __init__(
        self, port: int, seed: int, times: dict[str, list[tuple[float, float]]], statuses: Counter[str]
    ) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.random = random.Random(seed)
        self.times, self.statuses, self.cookie = times, statuses, ""

    def ask(self, kind: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of a page."""
        headers = {"cookie": self.cookie} if self.cookie else {}
        if form is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        body = urlencode(form) if form is not None else None
        self.connection.close()  # the server may have closed it while its reader read
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        taken = (time.perf_counter() - began) * 1000
        if fresh := answer.getheader("set-cookie"):
            self.cookie = fresh.partition(";")[0]
        server = re.search(r"dur=([\d.]+)", answer.getheader("server-timing", ""))
        self.times[kind].append((float(server[1]) if server else taken, taken))
        self.statuses[f"{kind} {answer.status}"] += 1
        return answer.status, text

    def read(self, until: float) -> None:
        """Open one page after another, as readers do."""
        text = ""
        while time.perf_counter() < until:
            kind, path = self.random.choice(list(self._pages(text)))
            status, text = self.ask(kind, path)
            assert status == 200, (kind, path, status)
            time.sleep(self.random.expovariate(1 / PAUSE))

    def _pages(self, text: str) -> Iterator[tuple[str, str]]:
        n, topic = self.random.randrange(1, 60), self.random.choice(labels("topics"))
        hot = self.random.random() < IN_THE_NEWS
        place = quote(f"Place {self.random.randrange(HOT if hot else PLACES)}")
        year = self.random.randrange(2015, 2025)
        yield "ledger", "/nl/ledger"
        yield (
            "ledger, sorted",
            f"/nl/ledger?sort={self.random.choice(('time', '-time', 'source', 'topic', '-footing', '-report'))}",
        )
        yield "ledger, topic", f"/nl/ledger?topic={topic}&evidence=unconfirmed"
        yield "ledger, source", f"/nl/ledger?source={self.random.choice(BODIES)}+{n}"
        yield "ledger, words", f"/nl/ledger?words={quote(self.random.choice(WHO))}+{n}"
        yield "ledger, place", f"/nl/ledger?place={place}"
        yield "ledger, period", f"/nl/ledger?since={year}-0{1 + n % 9}&until={year}-0{1 + n % 9}&topic={topic}"
        yield "ledger, status", "/nl/ledger?status=accepted"
        period = f"&since={year}&until={year}" if hot else ""
        yield "situation", f"/nl/situation?place={place}{period}"
        yield "overview", f"/nl/overview?place={place}{period}"
        yield "overview, month", f"/nl/overview?since={year}-0{1 + n % 9}&until={year}-0{1 + n % 9}&topic=control"
        yield "reports", f"/nl/reports?page={1 + self.random.randrange(80)}"
        if links := re.findall(r'href="(/nl/ledger\?[^"]*(?:after|open)=[^"#]*)', text):
            yield "ledger, next or opened", self.random.choice(links).replace("&amp;", "&")
        if links := re.findall(r'href="(/nl/reports/[^"#]*)', text):
            yield "report", self.random.choice(links).replace("&amp;", "&")
        if ids := re.findall(r'id="c-(\w+)"', text):
            yield "claim", f"/nl/claims/{self.random.choice(ids)}"

    def review(self, until: float, kept: list[str]) -> None:
        """Judge the first claims and links of the queues, as another does at the same time."""
        while time.perf_counter() < until:
            kind = self.random.choice(("review", "review, links"))
            _, text = self.ask(kind, "/nl/review" if kind == "review" else "/nl/review/links")
            fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
            there = re.search(r'action="/nl(/(?:claims|links)/[\w/]+/judgements)', text)
            time.sleep(self.random.uniform(0.2, 0.6))
            if there:
                verdict = self.random.choice(("accepted", "accepted", "rejected"))
                status, _ = self.ask("judgement", f"/nl{there[1]}", fields | {"verdict": verdict})
                if status == 303:
                    kept.append(there[1])
                assert status in {303, 409}, status


def measure(base: Path, seconds: float) -> dict[str, Any]:
    """Serve the record in a process of its own and let everybody at it."""
    command = [sys.executable, "-m", "relaas.cli.main", "serve", "--db", str(base), "--port", "0", "--by", "bench"]
    began = time.perf_counter()
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    port = int(re.search(r":(\d+)/", server.stderr.readline())[1])  # type: ignore[index]
    up, before = time.perf_counter() - began, held(base)
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    statuses: Counter[str] = Counter()
    kept: list[str] = []
    try:
        warm = Client(port, 0, defaultdict(list), Counter())
        for kind, path in [*warm._pages(""), ("review", "/nl/review"), ("review, links", "/nl/review/links")]:
            warm.ask(kind, path)
        until = time.perf_counter() + seconds
        clients = [Client(port, seed, times, statuses) for seed in range(1, READERS + REVIEWERS + 1)]
        threads = [threading.Thread(target=one.read, args=(until,)) for one in clients[:READERS]]
        threads += [threading.Thread(target=one.review, args=(until, kept)) for one in clients[READERS:]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait(20)
    after = held(base)
    every = [one for kind in times.values() for one in kind]
    return {
        "pages": len(every),
        "up_s": round(up, 1),
        "waiting": [before["waiting"], after["waiting"]],
        "links": after["links"],
        "p50_ms": share([one[0] for one in every], 0.5),
        "p95_ms": share([one[0] for one in every], 0.95),
        "p95_seen_ms": share([one[1] for one in every], 0.95),
        "by_page_ms": {
            kind: [share([one[0] for one in found], part) for part in (0.5, 0.95)]
            for kind, found in sorted(times.items())
        },
        "answers": dict(sorted(statuses.items())),
        "kept": len(kept),
        "told": statuses["judgement 409"],
        "lost": len(kept) - (after["judgements"] - before["judgements"]),
    }


def held(base: Path) -> dict[str, int]:
    """How many judgements and links the record holds, and how many reports wait to be linked."""
    with Store.open(str(base)) as store, store.view() as view:
        counts = {
            table: int(view.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
            for table in ("judgements", "link_judgements", "links")
        }
        waiting = LinkStore(view.connection, linker_identity()).waiting()
    return {
        "judgements": counts["judgements"] + counts["link_judgements"],
        "links": counts["links"],
        "waiting": waiting,
    }


def share(times: list[float], part: float) -> float:
    """The time that the given part of pages stays under, in milliseconds."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * part))], 1) if times else 0.0


def shown(figures: dict[str, Any]) -> str:
    """The figures as lines."""
    head = f"{figures['pages']} pages: half under {figures['p50_ms']} ms, 95 % under {figures['p95_ms']} ms"
    first, last = figures["waiting"]
    lines = [f"{head} of server time (at most {LIMIT_MS}); {figures['p95_seen_ms']} ms as seen"]
    lines.append(
        f"served {figures['up_s']} s after the start, {first} reports unlinked then, {last} at the end; {figures['links']:,} links"
    )
    lines += [f"  {kind}: {half} ms, {most} ms" for kind, (half, most) in figures["by_page_ms"].items()]
    told, lost = figures["told"], figures["lost"]
    return "\n".join([*lines, f"{figures['kept']} judgements kept, {told} told that another came first, {lost} lost"])


if __name__ == "__main__":
    main()
