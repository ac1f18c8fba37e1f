"""Who meets around a thread, and the events that its actions emit."""

from types import SimpleNamespace

import pytest

from community.core.events import bus
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
)

ROLES = ("asker", "author", "member", "guest", "moderator", "owner", "verified", "newcomer", "staff")


@pytest.fixture
def place():
    """A private space with a thread of one answer and one comment, and a person of each role by its name."""
    space = SpaceFactory(private=True)
    people = {
        name: MembershipFactory(space=space, role=role).member
        for name, role in (
            ("asker", "member"),
            ("author", "member"),
            ("member", "member"),
            ("guest", "guest"),
            ("moderator", "moderator"),
            ("owner", "owner"),
        )
    }
    people["verified"] = MemberFactory()
    people["newcomer"] = MemberFactory(newcomer=True)
    people["staff"] = MemberFactory(staff=True)
    question = QuestionFactory(space=space, author=people["asker"])
    answer = AnswerFactory(question=question, author=people["author"])
    comment = CommentFactory(question=question, answer=answer, author=people["author"])
    answer.comment_count = 1
    answer.save()
    return SimpleNamespace(space=space, question=question, answer=answer, comment=comment, **people)


@pytest.fixture
def emitted(monkeypatch):
    """The events emitted during the test; their handlers run as usual."""
    seen = []
    known = dict(bus._handlers)
    monkeypatch.setattr(bus, "_handlers", Listening(seen, known))
    return seen


class Listening(dict):
    def __init__(self, seen, known):
        super().__init__(known)
        self.seen = seen

    def __getitem__(self, kind):
        return [self.seen.append, *self.get(kind, [])]
