"""Reports that are handed in: what stands in one, put together once, and laid out as HTML, for Word and for Excel."""
