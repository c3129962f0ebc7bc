"""Reports: the yearly report, gathered, summed, then frozen."""
