"""The public clauses as open data: one schema for what goes out and for what comes in."""
