"""Tests of the room persons."""
