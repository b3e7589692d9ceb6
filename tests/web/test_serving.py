"""`relaas serve` as a process of its own: several processes at one address that know each other's forms, and end together."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

from web_served import Served

from handmade import claim, document, keep
from relaas.store.store import Store


def children(process: int) -> set[int]:
    """The processes that a process started, as Linux lists them."""
    found = set()
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as stat:
                if entry.isdigit() and int(stat.read().rpartition(")")[2].split()[1]) == process:
                    found.add(int(entry))
        except OSError:
            continue
    return found


def test_processes_share_an_address_and_their_forms(store: Store) -> None:
    """A form that one of them made is taken by any; when the first ends, all do."""
    report = document("The town fell. The bridge burned.")
    keep(store, report, claim(report, "The town fell"), claim(report, "The bridge burned"))
    command = [sys.executable, "-m", "relaas.cli.main", "serve", "--db", store.name, "--port", "0", "--by", "Ann"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        port = re.search(r":(\d+)/", server.stderr.readline())
        assert port is not None
        served = Served(store, int(port[1]))
        time.sleep(2)
        text = served.ask("/en/review")[2]
        token = re.search(r'name="token" value="([^"]*)"', text)
        assert token is not None
        answers = {served.ask("/en/reviewer", form={"token": token[1], "name": "Ann"})[0] for _ in range(12)}
        started = children(server.pid)
        server.terminate()
        server.wait(30)
    assert answers == {303}
    until = time.monotonic() + 15
    while any(os.path.exists(f"/proc/{one}") for one in started) and time.monotonic() < until:
        time.sleep(0.1)
    assert started
    assert not any(os.path.exists(f"/proc/{one}") for one in started)
