"""The one French analysis: every store keeps its tokens, every query is read by it, every excerpt is marked by it."""

from .highlight import as_written, excerpt, marked
from .plan import All, Any, Node, Phrase, Word
from .query import MAX_QUERY, Query, parse
from .tokens import VERSION, Analysed, analyse, fold, tokens_of

__all__ = [
    "MAX_QUERY",
    "VERSION",
    "All",
    "Analysed",
    "Any",
    "Node",
    "Phrase",
    "Query",
    "Word",
    "analyse",
    "as_written",
    "excerpt",
    "fold",
    "marked",
    "parse",
    "tokens_of",
]
