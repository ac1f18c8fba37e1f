"""What the law asks of one purchase: the obligations checker.

Pure rules over what the database says of texts, articles, thresholds and the calendar, read in two queries
(`sources`). A `Purchase` goes in, a list of `Finding` comes out (`check`); what the buyer left empty turns the
findings that depend on it into « à vérifier ». No page and no clause is known here: `clauses` shows the answer and
pairs it with conditions and criteria.
"""
