"""What moderators and an unnamed author said stays with the place where they said it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from qa.actions.exchange import reply_in_exchange, write_to_author
from qa.actions.move import move_question
from qa.models import ExchangeMessage, PrivateExchange
from qa.permissions import can_view_exchange
from tests.factories import AnswerFactory, MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory

from .test_handlers import told

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["question", "answer"])
def moved(request):
    """An exchange about an unnamed post of a thread that then moved, with who animates each side."""
    former = MembershipFactory(role="moderator", space__visibility="open")
    arrival = SpaceFactory(visibility="open")
    both = MembershipFactory(space=former.space, role="owner").member
    MembershipFactory(space=arrival, member=both, role="owner")
    author = MemberFactory()
    naming = {"author": author, "naming": "anonymous"}
    question = QuestionFactory(space=former.space, **(naming if request.param == "question" else {}))
    post = question if request.param == "question" else AnswerFactory(question=question, **naming)
    exchange = write_to_author(post=post, actor=former.member, text="Pouvez-vous préciser ?").exchange
    newcomer = MembershipFactory(space=arrival, role="moderator").member
    move_question(question=question, space=arrival, actor=both, reason="Mieux placée ici.")
    post = type(post).objects.get(pk=post.pk)
    staff = MemberFactory(staff=True)
    people = {"former": former.member, "newcomer": newcomer, "both": both, "author": author, "staff": staff}
    return PrivateExchange.objects.get(pk=exchange.pk), post, people


@pytest.mark.parametrize(
    ("role", "allowed"), [("former", True), ("newcomer", False), ("both", True), ("author", True), ("staff", False)]
)
def test_the_moderators_of_the_new_place_do_not_read_what_was_said_before(client, moved, role, allowed):
    exchange, _post, people = moved
    viewer = people[role]
    assert can_view_exchange(viewer, exchange) is allowed
    assert PrivateExchange.objects.visible_to(viewer).exists() is allowed
    assert ExchangeMessage.objects.visible_to(viewer).exists() is allowed
    client.force_login(viewer)
    assert client.get(reverse("exchange_detail", args=[exchange.pk])).status_code == (200 if allowed else 404)


@pytest.mark.parametrize("role", ["former", "both", "author"])
def test_nobody_goes_on_with_an_exchange_that_the_thread_left(client, moved, role):
    exchange, _post, people = moved
    with pytest.raises(PermissionDenied):
        reply_in_exchange(exchange=exchange, actor=people[role], text="Encore un mot.")
    client.force_login(people[role])
    page = client.get(reverse("exchange_detail", args=[exchange.pk])).content.decode()
    assert "cet échange se lit encore" in page
    assert 'name="text"' not in page


def test_the_new_moderators_begin_another_and_the_author_is_led_to_it(client, moved):
    exchange, post, people = moved
    kind = "question" if hasattr(post, "title") else "answer"
    address = reverse(f"{kind}_exchange", args=[post.pk])
    client.force_login(people["author"])
    assert client.get(address).url == reverse("exchange_detail", args=[exchange.pk])
    client.force_login(people["newcomer"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "Bienvenue ici."}).status_code == 302
    begun = PrivateExchange.objects.exclude(pk=exchange.pk).get()
    assert begun.space == post.question.space if kind == "answer" else post.space
    assert told(people["author"]) >= {"exchange"}
    client.force_login(people["author"])
    assert client.get(address).url == reverse("exchange_detail", args=[begun.pk])
    reply_in_exchange(exchange=begun, actor=people["author"], text="Oui.")
    assert "exchange_answer" in told(people["newcomer"])
    assert "exchange_answer" not in told(people["former"])
