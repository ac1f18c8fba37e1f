"""The rules, by what they ask: sustainable content of the contract, sectors, procedure."""

from . import procedure, sectors, sustainable

__all__ = ["procedure", "sectors", "sustainable"]
