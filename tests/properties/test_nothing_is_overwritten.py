"""The record only grows: whatever is done, every row of before is still there, unchanged."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from property_checks import exported, lost, read, rows, strict
from property_reports import DUTCH, ENGLISH, examples

from relaas.model.judgement import Judgement
from relaas.pipeline import Pipeline
from relaas.steps.step import Analysis, Step
from relaas.store.store import Store


class Doubt(Step):
    """Makes another run of a pipeline: it finds every claim possible at most."""

    name = "doubt"
    reads = frozenset({"claims"})
    writes = frozenset({"doubt"})

    def __init__(self, certainty: str) -> None:
        self.certainty = certainty

    def run(self, analysis: Analysis) -> None:
        """Give every claim the same certainty."""
        from dataclasses import replace

        analysis.claims = [replace(claim, certainty=self.certainty) for claim in analysis.claims]

    def configuration(self) -> dict[str, str]:
        """The certainty given."""
        return {"certainty": self.certainty}


STEPS = st.one_of(
    st.tuples(
        st.just("read"),
        st.sampled_from(("a.txt", "b.txt", "stuk.jsonl", "weg.txt")),
        st.sampled_from((None, "2022-10", "2024-04-02")),
        st.sampled_from((None, "PS+", "PR+")),
    ),
    st.tuples(st.just("judge"), st.integers(0, 40), st.sampled_from(("accepted", "rejected")), st.none()),
)


@examples(15)
@given(st.lists(STEPS, min_size=2, max_size=7))
def test_every_row_of_before_is_still_there(
    pipeline: Pipeline, steps: list[tuple[str, str | int, str | None, str | None]]
) -> None:
    """Reading again with other metadata or another run, broken files, missing files, judgements only add rows."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_text("\n\n".join(DUTCH[:4]))
        Path(folder, "b.txt").write_text(" ".join(ENGLISH[:4]))
        Path(folder, "stuk.jsonl").write_text("{")
        with Store.open(str(Path(folder, ".db"))) as store:
            before = rows(store)
            for verb, what, how, certainty in steps:
                if verb == "read":
                    chosen = Pipeline([*pipeline.steps, Doubt(certainty)]) if certainty else pipeline
                    read(store, chosen, [Path(folder, str(what))], published=how)
                else:
                    _judge(store, int(what), str(how))
                after = rows(store)
                assert lost(before, after) == {}
                before = after


def test_both_runs_stay_and_the_newer_holds(pipeline: Pipeline, tmp_path: Path) -> None:
    """A newer run supersedes: its claims are the current ones, the older ones are kept beside them."""
    file = tmp_path / "a.txt"
    file.write_text(DUTCH[0])
    with Store.open(str(tmp_path / ".db")) as store:
        read(store, pipeline, [file])
        older = strict(exported(store))
        read(store, Pipeline([*pipeline.steps, Doubt("PS+")]), [file])
        newer = strict(exported(store))
        assert {claim["id"] for claim in newer} == {claim["id"] for claim in older}
        assert not {claim["version"] for claim in newer} & {claim["version"] for claim in older}
        assert len(rows(store)["claims"]) == 2 * len(older)


def test_a_judgement_of_other_labels_does_not_stand(pipeline: Pipeline, tmp_path: Path) -> None:
    """Accepted under one run, a claim with other labels is unreviewed again; with the first run's labels it stands."""
    file = tmp_path / "a.txt"
    file.write_text(DUTCH[0])
    other = Pipeline([*pipeline.steps, Doubt("PS+")])
    with Store.open(str(tmp_path / ".db")) as store:
        read(store, pipeline, [file])
        _judge(store, 0, "accepted")
        for chosen, status in ((pipeline, "accepted"), (other, "unreviewed"), (pipeline, "accepted")):
            read(store, chosen, [file])
            assert strict(exported(store))[0]["status"] == status


def _judge(store: Store, number: int, verdict: str) -> None:
    with store.view() as view:
        claims = list(view.claims())
    if claims:
        claim = claims[number % len(claims)]
        with store.writer() as writer:
            writer.add_judgement(
                Judgement(claim["id"], claim["version"], verdict, "M. Janssen", "2024-04-03T10:00:00", None)
            )
