"""Formats: what is written to and read from files."""
