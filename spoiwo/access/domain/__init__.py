"""Rules of accounts, without a database and without a clock."""
