"""« Note pour mes élus »: one page in plain words, from a check of obligations, that the buyer makes her own."""
