"""What the labels mean, and what each language knows, as data."""
