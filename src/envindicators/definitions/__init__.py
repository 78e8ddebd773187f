"""Definitions: sources, tables, rules, indicators, programmes, forms."""
