"""The demonstration is whole, plausible, and comes in once."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from clauses.library.querysets import edits_open_clauses
from community.members.models import Member, Organisation
from community.spaces.demo import DEMO_ACCOUNTS
from community.spaces.models import Space
from qa.models import Answer, Comment, Endorsement, Question, QuestionTag, ThreadState, Vote

pytestmark = pytest.mark.django_db
EVERYTHING = (Member, Organisation, Space, Question, Answer, Comment, Vote, Endorsement, QuestionTag)


@pytest.fixture(scope="module")
def demo_loaded(written_once):
    call_command("demo", verbosity=0)


@pytest.fixture
def demo(demo_loaded, db):
    """The content that `make run` shows."""


@pytest.mark.usefixtures("demo")
class TestDemo:
    def test_it_is_as_large_as_promised_and_a_second_run_changes_nothing(self):
        assert Member.objects.persons().count() == 40
        assert Organisation.objects.known().count() == 15
        assert Question.objects.count() == 64
        assert Answer.objects.count() >= 130
        before = {model: list(model.objects.order_by("pk").values()) for model in EVERYTHING}
        call_command("demo", verbosity=0)
        assert {model: list(model.objects.order_by("pk").values()) for model in EVERYTHING} == before

    def test_each_case_of_the_product_is_there(self):
        assert Question.objects.filter(kind="announcement").pinned().exists()
        assert Question.objects.of_kind("discussion").exists()
        assert Question.objects.filter(state=ThreadState.EMBARGOED, publish_after__isnull=False).exists()
        assert Question.objects.filter(naming="anonymous").exists()
        # What a newcomer may do at once: some wait for a first answer, others for one that settles them.
        seen = Question.objects.visible_to(AnonymousUser()).of_kind("question")
        assert seen.unanswered().count() >= 4
        assert seen.filter(accepted_answer=None).count() >= 10
        assert Question.objects.exclude(duplicate_of=None).get().state == ThreadState.CLOSED
        assert Answer.objects.filter(doubt_count=1).exists()
        assert Endorsement.objects.count() >= 3
        assert {space.visibility for space in Space.objects.all()} == {"open", "members", "private"}

    def test_counters_are_exact_and_texts_rendered(self):
        for question in Question.objects.prefetch_related("answers", "comments"):
            answers = list(question.answers.all())
            assert question.answer_count == len(answers) == question.post_count - 1
            assert [answer.position for answer in answers] or question.post_count == 1
            assert question.body_html
            assert question.last_activity_at == max([question.created_at, *(each.created_at for each in answers)])
        for answer in Answer.objects.all():
            assert answer.useful_count == answer.votes.count()
            assert answer.endorsement_count == answer.endorsements.count()
            assert answer.comment_count == answer.comments.count()
            assert not answer.votes.filter(member=answer.author).exists()

    def test_nobody_votes_or_writes_where_they_may_not_read(self):
        for answer in Answer.objects.select_related("question__space", "author"):
            readers = {vote.member for vote in answer.votes.select_related("member")} | {answer.author}
            for member in readers:
                assert Question.objects.visible_to(member).filter(pk=answer.question_id).exists()

    def test_a_visitor_sees_neither_the_embargo_nor_the_closed_space(self):
        seen = Question.objects.visible_to(AnonymousUser())
        assert not seen.filter(state=ThreadState.EMBARGOED).exists()
        assert not seen.filter(space__visibility="private").exists()
        assert seen.count() > 40

    def test_somebody_decides_on_what_members_propose(self):
        decider = Member.objects.get(email="clemence@demo.entraide.example")
        assert edits_open_clauses(decider) and not decider.is_staff

    def test_each_announced_account_signs_in(self, client):
        for email, password, _role in DEMO_ACCOUNTS:
            member = Member.objects.get(email=email)
            assert member.check_password(password)
            assert EmailAddress.objects.filter(user=member, verified=True, primary=True).exists()
        unverified = Member.objects.get(email="nouvelle@demo.entraide.example")
        assert not unverified.is_verified
