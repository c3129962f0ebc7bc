"""Organisations: institutions, councils, organisations."""
