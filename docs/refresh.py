"""Renews what the README shows of real output: the screen, and docs/report.png (with chromium and pngquant).

make picture
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLACE = "Wad Madani"
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
            picture(page, ROOT / "docs" / "report.png", folder)


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


def picture(page: Path, target: Path, folder: str) -> None:
    """A page as a small PNG."""
    shot = Path(folder, "shot.png")
    size = [f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={folder}/profile", f"--screenshot={shot}"]
    subprocess.run(["chromium", *QUIET, *size, page.as_uri()], check=True, capture_output=True)
    subprocess.run(["pngquant", "--force", "--output", str(target), "64", str(shot)], check=True)


if __name__ == "__main__":
    main()
