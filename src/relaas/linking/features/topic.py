"""Whether the claims are about the same kind of thing."""

from __future__ import annotations

from relaas.linking.facts import Facts

KIN = (
    frozenset({"control", "offensive", "defence", "battle"}),
    frozenset({"battle", "casualties", "damage"}),
    frozenset({"services", "civilians", "damage", "aid"}),
    frozenset({"displacement", "population", "civilians"}),
    frozenset({"statement", "strategy", "agreement"}),
)


def topic(one: Facts, other: Facts) -> tuple[float, str]:
    """1 for one topic, a half for topics that are easily taken for each other, else 0."""
    if one.topic == other.topic:
        return 1.0, one.topic
    kin = any({one.topic, other.topic} <= group for group in KIN)
    return (0.5 if kin else 0.0), f"{one.topic} / {other.topic}"


def event(one: Facts, other: Facts) -> tuple[float, str]:
    """1 for one type and mode of event, a half for one type, -0.5 for two types; 0 where one is none."""
    if one.event is None or other.event is None:
        return 0.0, ""
    if one.event == other.event:
        return 1.0, "/".join(part for part in one.event if part)
    return (0.5 if one.event[0] == other.event[0] else -0.5), f"{one.event[0]} / {other.event[0]}"


def mood(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where one is a plan, a prediction or an unknown and the other is none."""
    apart = (one.level in {"future", "unknown"}) != (other.level in {"future", "unknown"}) or (
        one.level != other.level and "future" in (one.level, other.level)
    )
    return float(apart), f"{one.level} / {other.level}" if apart else ""
