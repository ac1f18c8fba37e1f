"""The kinds of content that are searched, one class each."""

from search import documents

from .members import MemberDocuments
from .spaces import SpaceDocuments
from .threads import AnswerDocuments, QuestionDocuments


def register_kinds() -> None:
    for kind in (QuestionDocuments(), AnswerDocuments(), MemberDocuments(), SpaceDocuments()):
        documents.register(kind)
