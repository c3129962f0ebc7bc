"""Tests of the whole house; the tests of one room live in that room."""
