"""The record's dataclasses: frozen, no I/O."""
