"""Cells: tables condensed to the kinds of row there are. They add up."""
