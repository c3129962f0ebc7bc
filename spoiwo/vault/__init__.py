"""The vault: protected values, their keys, and the classes of every field."""
