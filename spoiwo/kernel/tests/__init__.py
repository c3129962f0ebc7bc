"""Tests of the kernel: specifications with property tests, no Django."""
