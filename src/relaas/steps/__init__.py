"""Steps: one small file a step."""
