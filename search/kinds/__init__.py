"""The kinds of content that are searched, one class each."""

from search import documents

from .clauses import ClauseDocuments
from .experiences import ExperienceDocuments
from .law import ProvisionDocuments, TextDocuments
from .members import MemberDocuments
from .pages import PageDocuments
from .spaces import SpaceDocuments
from .threads import AnswerDocuments, QuestionDocuments

KINDS = (
    QuestionDocuments, AnswerDocuments, ClauseDocuments, ExperienceDocuments, TextDocuments, ProvisionDocuments,
    MemberDocuments, SpaceDocuments, PageDocuments,
)  # fmt: skip


def register_kinds() -> None:
    for kind in KINDS:
        documents.register(kind())
