"""Clauses, who says them, how surely and about what: the machinery behind the steps."""
