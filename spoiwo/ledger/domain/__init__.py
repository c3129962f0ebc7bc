"""Rules of the ledger as pure functions."""
