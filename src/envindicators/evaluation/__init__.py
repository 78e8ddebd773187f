"""Evaluation: from cells to scorecards."""
