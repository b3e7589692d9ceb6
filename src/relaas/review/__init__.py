"""What people decide about claims: where a claim stands, what a correction changes, which claims to look at first."""
