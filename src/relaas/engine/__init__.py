"""Engines: where documents are analysed."""
