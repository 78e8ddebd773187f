"""Words: text in several languages, numbers as text, spelling, the library's own sentences."""
