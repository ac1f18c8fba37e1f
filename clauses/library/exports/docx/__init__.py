"""Word: its built-in styles by their names, so that the buyer's template takes over when the text is pasted."""

from .writer import CONTENT_TYPE, to_docx

__all__ = ["CONTENT_TYPE", "to_docx"]
