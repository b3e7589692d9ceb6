"""Ties claims of different reports together: what speaks of the same thing, and from how many sources."""
