"""Specifications of the ledger."""
