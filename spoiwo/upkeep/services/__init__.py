"""What is done for the house to go on standing."""
