"""`python -m spoiwo.config`: the console command where no script is installed."""

from spoiwo.config.cli import main

main()
