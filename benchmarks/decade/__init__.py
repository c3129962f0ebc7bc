"""Ten years of money: pages of a task, of a programme and of the morning, and a file of the accounting system."""
