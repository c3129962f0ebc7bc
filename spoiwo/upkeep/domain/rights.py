"""Two roles of PostgreSQL: the owner changes tables, the application only rows, and never what was recorded."""

# What is written once: no role of the application changes or deletes it.
WRITE_ONCE = ("audit_record", "audit_review")
TIMEOUTS = {
    "statement_timeout": "60s",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
}
CONNECTIONS = 40


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def role_statements(*, owner: str, application: str, database: str) -> list[str]:
    """What a superuser says once: both roles, their limits, and that nobody else comes in. Passwords are set apart."""
    limits = [f"ALTER ROLE {quoted(application)} SET {name} = '{value}'" for name, value in TIMEOUTS.items()]
    return [
        f"CREATE ROLE {quoted(owner)} LOGIN NOSUPERUSER NOCREATEROLE CREATEDB",  # CREATEDB: for the drill
        f"CREATE ROLE {quoted(application)} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB CONNECTION LIMIT {CONNECTIONS}",
        *limits,
        f"ALTER ROLE {quoted(owner)} SET lock_timeout = '{TIMEOUTS['lock_timeout']}'",
        f"CREATE DATABASE {quoted(database)} OWNER {quoted(owner)} ENCODING 'UTF8' TEMPLATE template0",
        f"REVOKE ALL ON DATABASE {quoted(database)} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {quoted(database)} TO {quoted(application)}",
    ]


def right_statements(*, application: str, write_once: list[str]) -> list[str]:
    """What the owner says after every migration: rows for the application, and no way to change what was recorded."""
    role = quoted(application)
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quoted(table)} FROM {role}" for table in write_once),
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {role}",
    ]
