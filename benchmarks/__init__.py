"""Timed promises: how fast and how light the house is, with every answer checked to the grosz."""
