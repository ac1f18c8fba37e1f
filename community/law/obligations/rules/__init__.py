"""One module a subject; a rule takes a case and yields the findings it has to say of it."""
