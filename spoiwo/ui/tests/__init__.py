"""Tests of the face of the house."""
