"""Acceptance tests: the sentences of the issue, tried through the console command alone."""
