"""The algebra: tallies, margins, thresholds, verdicts. It knows of no table and no frame."""
