"""The only way to obtain a thread or a post for somebody. Absent and forbidden are the same 404."""

from .posts import get_answer_or_404, get_comment_or_404, get_comment_place_or_404, get_question_or_404

__all__ = ["get_answer_or_404", "get_comment_or_404", "get_comment_place_or_404", "get_question_or_404"]
