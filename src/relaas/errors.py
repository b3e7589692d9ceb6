"""One class per failure. A message is a sentence that says what is wrong and where, fit to be shown as it is."""

from __future__ import annotations


class RelaasError(Exception):
    """Everything that relaas raises on purpose."""


class OntologyError(RelaasError):
    """A data file of the ontology is missing, broken or contradicts another."""


class ReadError(RelaasError):
    """A report cannot be read; it is set aside with this reason and the others go on."""


class PipelineError(RelaasError):
    """Steps are in an order in which one reads what none before it has written."""


class ModelError(RelaasError):
    """The reading model's weights are missing, damaged or of another version."""


class StoreError(RelaasError):
    """The store cannot be opened, is of a newer version, or stays locked."""


class QueryError(RelaasError):
    """A question that has no meaning: an unknown label, a place that no report names, a date that is none."""


class GoldError(RelaasError):
    """A gold file contradicts its text or uses an unknown label."""


class JudgementError(RelaasError):
    """A judgement that cannot be kept: an unknown label, words that are not in the report, a claim that is no longer there."""


class ConflictError(JudgementError):
    """Somebody else judged the claim, or it was read anew, after the reviewer saw it; nothing of either is lost."""
