"""Tests of the report: its rules, its formats, its pages."""
