"""The command line as people and programs meet it: output, side remarks and exit codes, never a traceback."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from handmade import FULL, document, full_claims, keep
from relaas import recipes
from relaas.store.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORT = (
    " date 2022-11-06 Volgens onbevestigde berichten is de brug in Bachmoet verwoest. "
    "De stad is in handen van het leger, zegt de burgemeester.\n"
)


def relaas(
    *arguments: str, stdin: str | bytes = b"", cwd: Path | None = None, language: str = "en"
) -> tuple[int, str, str]:
    """Run the command; exit code, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "relaas.cli.main", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "RELAAS_LANGUAGE": language, "COLUMNS": "80"},
        timeout=240,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return done.returncode, out, err


def rows(out: str) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record made by hand."""
    path = tmp_path_factory.mktemp("record") / "record.db"
    with Store.open(str(path)) as store:
        report = document(FULL)
        keep(store, report, *full_claims(report))
    return path


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[int, str, str]]:
    """A folder with a good and a bad report, read by the whole pipeline."""
    base = tmp_path_factory.mktemp("reading")
    (base / "in").mkdir()
    (base / "in" / "good.txt").write_text(REPORT)
    (base / "in" / "bad.txt").write_bytes(b"De brug \xff is weg.")
    return base, relaas("read", "in", "missing.txt", "--db", "record.db", cwd=base)


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    """Under 0.4 seconds of processor time; no language model, database or array library."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        code, out, _ = relaas("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert code == 0
        assert all(name in out for name in recipes.COMMANDS)
    assert min(spent) < 0.4
    code = (
        "import sys; from relaas.cli.main import application; application(); "
        "print({'spacy', 'sqlalchemy', 'numpy', 'onnxruntime', 'babel', 'rich.table', 'jinja2'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )


def test_no_command_shows_the_help() -> None:
    """Exit 2, as nothing was asked."""
    code, out, err = relaas()
    assert code == 2
    assert "Usage: relaas" in out + err


def test_the_help_speaks_dutch() -> None:
    """By the settings' language."""
    assert "Schrijf een situatiebericht" in relaas("--help", language="nl_NL.UTF-8")[1]


def test_version() -> None:
    """The installed version."""
    from relaas import __version__

    assert relaas("--version")[:2] == (0, __version__ + "\n")


def test_read_stores_what_it_can_and_prints_the_claims_of_what_was_named(
    reading: tuple[Path, tuple[int, str, str]],
) -> None:
    """Exit 1, a sentence for each report set aside, claims of the good one on standard output."""
    _, (code, out, err) = reading
    assert code == 1
    claims = rows(out)
    assert claims
    assert {claim["document"]["name"] for claim in claims} == {"good.txt"}
    assert all(claim["status"] == "unreviewed" for claim in claims)
    for claim in claims:
        assert REPORT[claim["quote"]["start"] : claim["quote"]["end"]] == claim["quote"]["exact"]
    assert "bad.txt is not utf-8 text at byte 8 (0xff)" in err
    assert "missing.txt does not exist" in err


def test_set_aside_is_listed(reading: tuple[Path, tuple[int, str, str]]) -> None:
    """What was set aside and why, for people and for programs."""
    base, _ = reading
    code, out, _ = relaas("read", "--set-aside", "--db", "record.db", "--format", "table", cwd=base)
    assert code == 0
    assert [line.split(" ")[0] for line in out.splitlines()] == ["bad.txt", "missing.txt"]
    assert [row["name"] for row in rows(relaas("read", "--set-aside", "--db", "record.db", cwd=base)[1])] == [
        "bad.txt",
        "missing.txt",
    ]


def test_what_is_stored_is_printed_again(reading: tuple[Path, tuple[int, str, str]]) -> None:
    """A report that is in the record already is not read anew; its claims are printed."""
    base, (_, first, _) = reading
    code, out, err = relaas("read", "in/good.txt", "--db", "record.db", cwd=base)
    assert (code, out) == (0, first)
    assert "0 of them newly read" in err


def test_standard_input_is_a_report(tmp_path: Path) -> None:
    """With what the caller knows of it."""
    code, out, _ = relaas(
        "read",
        "-",
        "--published",
        "2022-11-06",
        "--publisher",
        "Blad",
        "--db",
        "x.db",
        stdin="De brug is weg.",
        cwd=tmp_path,
    )
    assert code == 0
    (claim, *_) = rows(out)
    assert (claim["document"]["name"], claim["document"]["published"], claim["document"]["publisher"]) == (
        "stdin",
        "2022-11-06",
        "Blad",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["claims", "--evidence", "foo"], "foo is not a known footing; choose from: verified"),
        (["claims", "--topic", "foo"], "foo is not a known topic"),
        (["claims", "--since", "foo"], "--since: foo is not a date"),
        (["claims", "--format", "foo"], "foo is not a form of output here; choose from: table"),
        (["report", "Bachmoet", "--format", "csv"], "choose from: text, md, html, json"),
        (["report", "Bachmoet", "--language", "de"], "choose from: nl, en"),
        (["claims", "--db", "no/such.db"], "there is no store at no/such.db"),
        (["explain", "zzzz"], "No claim in this record"),
        (["read"], "Name at least one file"),
        (["read", "x.txt", "--published", "soon"], "--published: soon is not a date"),
        (["read", "x.txt", "--encoding", "nonsense"], "nonsense"),
        (["read", "x.txt", "--fields", "body"], "--fields body"),
        (["read", "x.txt", "--input-format", "odt"], "odt is not a form of input"),
        (["annotate", "no-such-file"], "no-such-file cannot be opened"),
        (["claims", "--nonsense"], "--nonsense"),
        (["nonsense"], "nonsense"),
    ],
)
def test_what_is_not_understood_is_a_sentence(record: Path, arguments: list[str], words: str) -> None:
    """Exit 2, on standard error, with what is allowed."""
    given = (
        arguments
        if "--db" in arguments or arguments[0] in {"annotate", "nonsense"}
        else [*arguments, "--db", str(record)]
    )
    code, out, err = relaas(*given)
    assert (code, out) == (2, "")
    assert words in " ".join(err.split())


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 3),
        (["--evidence", "attributed"], 1),
        (["--evidence", "toegeschreven"], 1),
        (["--topic", "damage,battle"], 2),
        (["--source", "aleksandr"], 1),
        (["--source", "spokesman"], 1),
        (["--actor", "army"], 1),
        (["--accepted"], 0),
        (["--until", "2022-08"], 0),
        (["--place", "Bachmoet"], 2),
    ],
)
def test_claims_can_be_chosen(record: Path, options: list[str], count: int) -> None:
    """Every option narrows."""
    code, out, _ = relaas("claims", "--db", str(record), *options)
    assert (code, len(rows(out))) == (0, count)


def test_search_finds_words_and_says_so(record: Path) -> None:
    """Words, beginnings, phrases."""
    assert len(rows(relaas("search", "bridge", "--db", str(record))[1])) == 1
    assert len(rows(relaas("search", "civil*", "--db", str(record))[1])) == 1
    assert len(rows(relaas("search", "bridge is", "--db", str(record))[1])) == 1
    code, out, err = relaas("search", "nothing-like-it", "--db", str(record))
    assert (code, out) == (0, "")
    assert "No claims found" in err


def test_report_is_written_to_a_file(record: Path, tmp_path: Path) -> None:
    """And the file is named on the side."""
    path = tmp_path / "report.html"
    code, out, err = relaas(
        "report", "Bachmoet", "--db", str(record), "--format", "html", "--language", "nl", "--out", str(path)
    )
    assert (code, out) == (0, "")
    assert str(path) in err
    assert path.read_text().startswith('<!doctype html>\n<html lang="nl">')
    assert relaas("report", "Bachmoet", "--db", str(record), "--out", str(tmp_path / "no" / "x.md"))[0] == 2


def test_a_place_without_claims_is_no_fault(record: Path) -> None:
    """A sentence, and the places that the record has."""
    code, out, err = relaas("report", "Parijs", "--db", str(record))
    assert (code, out) == (0, "")
    assert "No claims about Parijs" in err
    assert "Bakhmut" in err
    code, _, err = relaas("report", "Bachmoet", "--until", "1999", "--db", str(record))
    assert code == 0
    assert "in this period" in err


def test_explain_quotes_the_words(record: Path) -> None:
    """For people in sentences, for programs as JSON."""
    with Store.open(str(record)) as store, store.view() as view:
        id = next(view.claims())["id"]
    code, out, _ = relaas("explain", id[:8], "--db", str(record), "--format", "table")
    assert code == 0
    assert "en.report.say" in out
    assert "“Vas”" in out
    assert "ascribed to a source" in " ".join(out.split()).lower()
    assert max(map(len, out.splitlines())) <= 80
    (found,) = rows(relaas("explain", id[:8], "--db", str(record))[1])
    assert {reason["part"] for reason in found["reasons"]} >= {"source", "evidence", "certainty", "topic"}


def test_annotate_keeps_order_and_number() -> None:
    """A line that is not right is answered where it stands, told on the side, and is exit 1."""
    lines = [
        '{"id": 1, "text": "De brug is weg."}',
        "{",
        "",
        '{"id": 3, "text": "Jan zei dat dinsdag.", "published": "2013-03-25"}',
    ]
    code, out, err = relaas("annotate", stdin="\n".join(lines))
    found = rows(out)
    assert code == 1
    assert [line["id"] for line in found] == [1, None, 3]
    assert "error" in found[1]
    assert "line 2: is not JSON" in err
    assert relaas("annotate", stdin=lines[0])[0] == 0


def test_annotate_streams() -> None:
    """Each answer is there before the next line is sent."""
    process = subprocess.Popen(
        [sys.executable, "-m", "relaas.cli.main", "annotate"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(2):
        process.stdin.write(json.dumps({"id": number, "text": "De brug is weg."}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


def test_a_closed_pipe_is_no_fault(record: Path) -> None:
    """As with `| head`."""
    command = f"{sys.executable} -m relaas.cli.main claims --db {record} | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_places_are_explained() -> None:
    """Which place, and why."""
    (place, *_) = rows(relaas("places", "Gevechten rond Bachmoet", "--language", "nl")[1])
    assert (place["name"], place["geonameid"]) == ("Bakhmut", 713174)


def test_timeline_goes_by_valid_time(record: Path) -> None:
    """Claims that name a time."""
    code, out, _ = relaas("timeline", "--db", str(record))
    assert (code, len(rows(out))) == (0, 1)


def test_the_demo_reads_the_examples(tmp_path: Path) -> None:
    """A fresh record, a situation report, a page, and what to try next; a second time as well."""
    for _ in range(2):
        code, out, err = relaas("demo", cwd=tmp_path)
        assert code == 0, err
    assert out.startswith("SITUATION REPORT\nWad Madani")
    assert "What to try next" in out
    assert "(voorbeeld)" in out
    assert (tmp_path / "demo" / "wad-madani.html").exists()
    with Store.open(str(tmp_path / "demo" / "relaas.db")) as store, store.view() as view:
        assert len(view.documents()) == 8
