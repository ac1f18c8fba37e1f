"""Clauses written for Entraide, to try the product with: « exemples à faire valider »."""
