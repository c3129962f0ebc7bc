"""Rules of the vault as pure functions: master keys, their page on paper, and how long something is kept."""
