"""The demonstration: what became of clauses, and stories of purchases. Everything in it is invented."""
