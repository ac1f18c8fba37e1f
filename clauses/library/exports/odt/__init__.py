"""OpenDocument text, written by hand: four XML files in an archive."""

from .writer import CONTENT_TYPE, to_odt

__all__ = ["CONTENT_TYPE", "to_odt"]
