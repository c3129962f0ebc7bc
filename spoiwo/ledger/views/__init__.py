"""The ledger's pages: years, lines, reading packages, reconciliation."""
