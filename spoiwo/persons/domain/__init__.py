"""The register's rules as pure functions: PESEL, ages, case numbers, how long a record is kept."""
