"""Counts of people and things in Dutch and English text."""

from relaas.quantities.finding import find

__all__ = ["find"]
