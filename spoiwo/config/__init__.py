"""Settings, addresses and start: the only room that knows every other."""
