"""Whatever a report holds, the words behind each span are the text's own."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from property_checks import exported, read, strict, unresolved, unresolved_json
from property_reports import SENTENCES, examples, mangled

from relaas import workflow
from relaas.errors import ReadError
from relaas.exports.annotation import annotated_line
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.store.store import Store

DATES = st.sampled_from((None, "2022", "2022-10", "2024-04-02", "2024-02-29T23:59:00+02:00"))


@examples(80)
@given(mangled(), DATES, st.sampled_from((None, "nl", "en", "ar")))
@example("“„«‘" * 40 + SENTENCES[0] + "’»”" * 40, None, "nl")
@example("\0" + SENTENCES[2] + "\0\0 zei hij\0", "2024", "nl")
@example(("Het leger zegt dat " * 60) + "de stad valt.", "2024-04-02", None)
@example("9" * 400 + " doden in Charkiv.", None, "nl")
def test_every_span_of_an_analysis_resolves(
    pipeline: Pipeline, text: str, published: str | None, language: str | None
) -> None:
    """Mangled text is analysed without failing; each word, name, time, place, number, cue and quote is the text's."""
    try:
        document = PlainText().read(
            text.encode(), "bericht.txt", Options(Metadata(published=published, language=language))
        )
    except ReadError:
        return
    analysis = workflow.analyse(pipeline, document)
    assert list(unresolved(analysis)) == []


@examples(8)
@given(st.lists(mangled(), min_size=2, max_size=5))
def test_every_span_in_the_record_resolves(pipeline: Pipeline, texts: list[str]) -> None:
    """What went through files and store is cut from the text that the store gives back; the export is strict JSON."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number}.txt").write_bytes(text.encode())
        lines = "".join(
            json.dumps({"text": text, "date": "2024-04-02"}, ensure_ascii=number % 2 == 0) + "\n"
            for number, text in enumerate(texts)
        )
        Path(folder, "veel.jsonl").write_bytes(lines.encode())
        with Store.open(str(Path(folder, ".db"))) as store:
            outcome = read(store, pipeline, [folder])
            assert all("analysed" not in reason for _, reason in outcome.set_aside)
            with store.view() as view:
                texts_of = {id: found.text for id in outcome.documents if (found := view.document(id))}
            assert len(texts_of) == len(outcome.documents)
            for claim in strict(exported(store)):
                assert list(unresolved_json(claim, texts_of[claim["document"]["id"]])) == []


@examples(25)
@given(st.data())
def test_every_span_resolves_when_words_and_names_are_given(pipeline: Pipeline, data: st.DataObject) -> None:
    """`annotate` with the caller's own words, of which some are not in the text: every span still lies in it."""
    words: list[str] = data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2).map(" ".join)).split()
    text = " ".join(words)
    changed = [data.draw(st.sampled_from((word, word, word, word, "``", word + "zz", word.lower()))) for word in words]
    first = data.draw(st.integers(0, len(text) - 1))
    record = {
        "text": text,
        "words": changed,
        "entities": [[first, data.draw(st.integers(first + 1, len(text))), "PER"]],
    }
    line, fault = annotated_line(json.dumps(record).encode(), pipeline)
    assert fault is None, fault
    result: dict[str, Any] = json.loads(line)
    for name in ("tokens", "entities", "times", "places", "quantities"):
        for one in result[name]:
            assert one["start"] is None or 0 <= one["start"] <= one["end"] <= len(text), (name, one)
            if name != "tokens" and one["start"] is not None:
                assert text[one["start"] : one["end"]] == one["text"], (name, one)
    for attribution in result["attributions"]:
        for span in (attribution["cue"], attribution["source"], attribution["content"]):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
    for claim in result["claims"]:
        assert list(unresolved_json(claim, text)) == []
