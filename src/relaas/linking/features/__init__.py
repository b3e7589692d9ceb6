"""What two claims have in common, one feature a file: each compares two claims and gives a value and what it stands on."""
