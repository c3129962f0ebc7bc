"""What goes out of the ledger as files."""
