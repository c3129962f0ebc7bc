"""Rules of the report as pure functions."""
