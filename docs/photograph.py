"""Photographs every page from the examples, in each language, theme and width, for people to look at.

    python docs/photograph.py FOLDER [--width 360 …] [--language nl …] [--theme light …] [--page review …]

Each kind of page is one PNG, named by language, theme, width and page; the folder is made where it is not there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from relaas import recipes, workflow
from relaas.linkage import link
from relaas.queries.link_review import judged_links, link_queue
from relaas.readers.reader import Options
from relaas.reviewing import Verdict, judge, judge_link
from relaas.store.store import Store
from relaas.store.view import Filter

ROOT = Path(__file__).parent.parent
PLACE = "Wad+Madani"
WIDTHS, LANGUAGES, THEMES = (360, 768, 1280), ("nl", "en"), ("light", "dark")
TALLEST = 2_600
"""Pixels of a page that are shown; what lies further down looks like what is above."""


def main() -> None:
    """Read the examples, judge some, serve them, and photograph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", type=Path, help="a record of the examples; made where it is not there")
    parser.add_argument("--width", type=int, action="append")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--page", action="append")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        base = options.record or Path(folder, "record.db")
        pages = {name: path for name, path in addresses(base).items() if not options.page or name in options.page}
        with served(base) as url:
            for language in options.language or LANGUAGES:
                for theme in options.theme or THEMES:
                    for width in options.width or WIDTHS:
                        photograph(url, pages, options.folder, language, theme, width)


def addresses(base: Path) -> dict[str, str]:
    """One of every kind of page by name, with something judged on it."""
    read = base.exists()
    with Store.open(str(base)) as store:
        if not read:
            workflow.read([str(ROOT / "examples")], store, recipes.pipeline(), recipes.readers(), Options())
        with store.view() as view:
            claims, judged = list(view.claims()), view.judgement(1) is not None
        first, second = claims[2], claims[9]
        if not judged:
            judge(store, first["id"], Verdict("corrected", {"topic": "other"}, why="gelezen"), "Ann")
            judge(store, first["id"], Verdict("graded", reliability="B", credibility="3"), "Bob")
            judge(store, second["id"], Verdict("rejected"), "Bob")
        link(store)
        with store.view() as view:
            waiting = link_queue(view, Filter(), size=3)
        for one, verdict in zip(() if judged else waiting, ("accepted", "rejected"), strict=False):
            judge_link(store, one.link.one, one.link.other, verdict, "Ann", why="beide gelezen")
        with store.view() as view:
            settled = judged_links(view)[0]
    held = next(claim for claim in claims if claim["control"])
    done = f"{settled['one']}%2B{settled['other']}"
    return {
        "reports": "/reports",
        "report": f"/reports/{first['document']['id']}?claim={first['id']}",
        "ledger": f"/ledger?open={first['id']}",
        "ledger_filtered": "/ledger?topic=casualties&topic=control&evidence=attributed&as_known=2024-02-19",
        "empty": "/ledger?place=Nergens",
        "fault": "/ledger?since=gisteren",
        "claim": f"/claims/{settled['one']}",
        "overview": "/overview",
        "situation": f"/situation?place={PLACE}",
        "places": "/situation",
        "review": "/review?done=1",
        "review_at": f"/review?at={first['id']}",
        "correct": f"/review/{held['id']}/correct",
        "split": f"/review/{held['id']}/split",
        "grade": f"/review/{first['id']}/grade",
        "comment": f"/review/{first['id']}/comment",
        "links": f"/review/links?done={done}",
        "link": f"/review/links?at={done}",
        "missing": "/nothing",
    }


@contextmanager
def served(base: Path) -> Iterator[str]:
    """The address of the record's pages while they are served."""
    command = [sys.executable, "-m", "relaas.cli.main", "serve", "--db", str(base), "--port", "0", "--by", "Ann"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://[^ ]+/", server.stderr.readline())
        assert found is not None
        try:
            yield found[0]
        finally:
            server.terminate()


def photograph(url: str, pages: dict[str, str], folder: Path, language: str, theme: str, width: int) -> None:
    """Every page in one language, theme and width; says which are wider than their window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        page: Any = context.new_page()
        for name, path in pages.items():
            page.goto(f"{url}{language}{path}")
            size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            if size[0] > width:
                print(f"{language} {theme} {width} {name}: {size[0]} pixels wide")
            clip = {"x": 0, "y": 0, "width": width, "height": min(size[1], TALLEST)}
            page.screenshot(path=str(folder / f"{language}_{theme}_{width}_{name}.png"), full_page=True, clip=clip)
        browser.close()


if __name__ == "__main__":
    main()
