"""Readers: one small file a format."""
