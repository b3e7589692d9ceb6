"""Writes claims and situation reports out: one small file a format."""
