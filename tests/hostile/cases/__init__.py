"""The broken packages with the faults they must be refused with."""
