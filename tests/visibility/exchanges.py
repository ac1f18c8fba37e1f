"""What moderators and an author without a name say to each other, about a question and about a report."""

from datetime import timedelta

from django.utils import timezone

from community.spaces.pseudonyms import pseudonym_number
from qa.models import ExchangeMessage, PrivateExchange
from tests.factories import ExperienceReportFactory


def build_exchange_about_a_question(world, place: str, question) -> None:
    pseudonym_number(world.spaces[place], world.actors["author"])
    _build(world, place, question=question, last_message_at=question.created_at)


def build_exchange_about_a_report(world, place: str, written: timedelta) -> None:
    token, moment = world.token(), timezone.now() - written
    author = world.actors["author"]
    report = ExperienceReportFactory(
        author=author,
        space=world.spaces[place],
        naming="anonymous",
        title=f"Ce que {token} a donné",
        published_at=moment,
    )
    world.add(f"published.{place}", "experience_report", report, token, place)
    _build(world, place, kind="experience_report", object_id=report.pk, author=author, last_message_at=moment)


def _build(world, place: str, **about) -> None:
    token, row = world.token(), f"exchange.{place}"
    exchange = PrivateExchange.objects.create(space=world.spaces[place], **about)
    speaker = world.actors["staff" if place == "community" else "moderator"]
    message = ExchangeMessage.objects.create(
        exchange=exchange, author=speaker, from_moderation=True, text=f"Pouvez-vous préciser {token} ?"
    )
    world.add(row, "exchange", exchange, token, place)
    world.add(row, "exchange_message", message, token, place)
