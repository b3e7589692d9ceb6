"""Time expressions in Dutch and English text, resolved no finer than words and anchor allow."""

from relaas.times.finding import find

__all__ = ["find"]
