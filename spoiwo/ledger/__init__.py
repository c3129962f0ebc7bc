"""Ledger: money by task, year and source; adds up to the grosz."""
