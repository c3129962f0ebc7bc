"""Forms of signing in, of one's own account and of the office that keeps the accounts."""
