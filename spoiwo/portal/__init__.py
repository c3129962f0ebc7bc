"""Portal: the public face."""
