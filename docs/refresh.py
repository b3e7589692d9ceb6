"""Renews what the README shows of real output: the screen, and the pictures in docs/ (with chromium and pngquant).

make picture
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PLACE = "Wad Madani"
REPORT = "2024-02-17_harbour_wire.txt"
LINES = 46
WIDTH, HEIGHT = 960, 1280
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def main() -> None:
    """Read the examples, then renew both."""
    with tempfile.TemporaryDirectory() as folder:
        base, page = Path(folder, "record.db"), Path(folder, "report.html")
        relaas("read", str(ROOT / "examples"), "--db", str(base), "--format", "none")
        screen(relaas("report", PLACE, "--db", str(base), "--format", "text"))
        page.write_text(relaas("report", PLACE, "--db", str(base), "--format", "html"), encoding="utf-8")
        if shutil.which("chromium") and shutil.which("pngquant"):
            picture(page.as_uri(), ROOT / "docs" / "report.png", folder)
            rooms(base, folder)


def relaas(*arguments: str) -> str:
    """A command's standard output, in English."""
    environment = {**os.environ, "RELAAS_LANGUAGE": "en"}
    command = [sys.executable, "-m", "relaas.cli.main", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def screen(text: str) -> None:
    """Put the first lines of a report between the fences of the README."""
    readme = ROOT / "README.md"
    shown = "\n".join([*text.splitlines()[:LINES], "…"])
    fenced = re.compile(r"(On the terminal:\n\n```text\n).*?(\n```)", re.DOTALL)
    page = readme.read_text(encoding="utf-8")
    readme.write_text(fenced.sub(lambda match: match[1] + shown + match[2], page, count=1), encoding="utf-8")


def rooms(base: Path, folder: str) -> None:
    """The reading room with a claim explained, and the review of the likeliest error, from the running server."""
    report = next(line for line in claims(base) if line["document"]["name"] == REPORT and line["time"])
    command = [sys.executable, "-m", "relaas.cli.main", "serve", "--db", str(base), "--port", "0", "--by", "you"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        url = server.stderr.readline().split()[2]
        room = f"{url}en/reports/{report['document']['id']}?claim={report['id']}"
        for address, name in ((room, "room.png"), (f"{url}en/review", "review.png")):
            picture(address, ROOT / "docs" / name, folder, width=1280, height=900)
        server.terminate()


def claims(base: Path) -> list[dict[str, Any]]:
    """The claims of the record."""
    return [json.loads(line) for line in relaas("claims", "--db", str(base), "--format", "jsonl").splitlines()]


def picture(page: str, target: Path, folder: str, *, width: int = WIDTH, height: int = HEIGHT) -> None:
    """A page as a small PNG."""
    shot = Path(folder, "shot.png")
    size = [f"--window-size={width},{height}", f"--user-data-dir={folder}/profile", f"--screenshot={shot}"]
    subprocess.run(["chromium", *QUIET, *size, page], check=True, capture_output=True)
    subprocess.run(["pngquant", "--force", "--output", str(target), "64", str(shot)], check=True)


if __name__ == "__main__":
    main()
