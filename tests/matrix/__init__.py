"""The matrix of doors: every address × method × persona × row, what was declared beside what happened.

What should happen is worked out from the declaration next to the view and from tables written here and in
`tests/test_permissions.py`; nothing here asks the code that enforces it. `tests/test_doors.py` walks a part at each
run, `python -m checks.matrix` all of it.
"""
