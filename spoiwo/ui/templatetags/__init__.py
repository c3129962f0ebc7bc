"""Tags and filters of the house: `{% load ui %}`."""
