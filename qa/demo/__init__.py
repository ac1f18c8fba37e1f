"""Invented exchanges, in French, to try the product with."""
