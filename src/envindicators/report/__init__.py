"""A scorecard as people read it: words in both languages, HTML, terminal text, explanations."""
