"""What follows from scorecards put beside each other."""
