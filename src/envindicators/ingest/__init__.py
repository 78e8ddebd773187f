"""Ingest: from frames to cells."""
