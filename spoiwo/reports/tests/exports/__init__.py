"""Tests of the six formats, each read back by another program; no Django."""
