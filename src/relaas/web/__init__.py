"""The pages: reading room, ledger, situation report, review; for one machine."""
