"""Access: accounts, roles and who may open what."""
