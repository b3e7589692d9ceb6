"""Places of a report: finding toponyms, resolving them, and shapes no tighter than the words."""

from __future__ import annotations

from relaas.places.antecedents import antecedents
from relaas.places.explanation import explain
from relaas.places.finding import find_toponyms
from relaas.places.geometry import geometry_of, located
from relaas.places.resolution import find, resolve
from relaas.places.toponym import Toponym

__all__ = ["Toponym", "antecedents", "explain", "find", "find_toponyms", "geometry_of", "located", "resolve"]
