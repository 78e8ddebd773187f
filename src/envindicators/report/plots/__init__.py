"""Pictures of a card, drawn with matplotlib."""
