"""Gathering the report, making it final, setting it beside what is known now."""
