"""Every change of money: one transaction, one record of the deed."""
