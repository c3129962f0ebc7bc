"""Audit: who did what, in one transaction with the deed."""
