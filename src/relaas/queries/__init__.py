"""Questions to the record: a view in, plain results out."""
