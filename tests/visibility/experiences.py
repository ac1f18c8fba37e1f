"""Experience reports in every state and place, what one of them said before, one whose author hides, and questions
about clauses that were taken away.
"""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from clauses.reports.actions import edit_experience, publish_experience
from clauses.reports.models import ExperienceReport, UsageAsk, UsageReport
from clauses.reports.story import Story
from community.core.uploads.actions import store_upload
from tests.factories import ExperienceReportFactory, MemberFactory, OrganisationFactory

KIND = "experience_report"
STATES = (
    ("published", {}),
    ("hidden", {"hidden": True}),
    ("embargoed", {"draft": True}),
    ("embargoed", {"withdrawn": True}),
)


def build_experiences(world, place: str, written: timedelta) -> None:
    moment = timezone.now() - written
    for row, traits in STATES:
        token = world.token()
        report = ExperienceReportFactory(
            author=world.actors["author"],
            space=world.spaces[place],
            title=f"Ce que {token} a donné",
            published_at=None if "draft" in traits else moment,
            texts={"need": f"Un besoin de {token}."},
            **traits,
        )
        world.add(f"{row}.{place}", KIND, report, token, place)
        # Signed and whole: what it said before is for its readers.
        world.add(f"{row}.{place}", "experience_words", report, token, place)


def build_usage(world, clause) -> None:
    """What the author says of her own contract: the others get figures only."""
    token = world.token()
    report = UsageReport.objects.create(clause=clause, member=world.actors["author"], version=1, note=f"Marché {token}")
    world.add("own.author", "usage", report, token)


def build_ask(world) -> None:
    clause = world.in_row("clause", "published.private")
    ask = UsageAsk.objects.create(clause=clause.obj, member=world.actors["author"], version=1)
    world.add("own.author", "usage_ask", ask, clause.token)


def build_masked(world) -> None:
    """Through the actions, with a file: who hides wrote her name, her organisation's and the file's the same way."""
    token, before = world.token(), world.token()
    organisation = OrganisationFactory(name=f"Ville de {token}")
    hidden = MemberFactory(
        first_name=token, last_name=token, email=f"{token}@example.org", job=token, organisation=organisation
    )
    for place in ("community", "open"):
        file = SimpleUploadedFile(f"{token}.csv", b"poste;heures\n", "text/csv")
        upload, text = store_upload(actor=hidden, uploaded_file=file), world.token()
        report = publish_experience(
            actor=hidden, space=world.spaces[place], story=story_of(text, files=(upload.token,)), client_token=None
        )
        world.add(f"published.{place}", KIND, report, text, place)
        world.add("identity.anonymous", "identity_report", report, token, place)
    author = world.actors["author"]
    masked = publish_experience(actor=author, story=story_of(before), space=None)
    after = world.token()
    edit_experience(report=masked, actor=author, story=story_of(after), seen=masked.version)
    masked = ExperienceReport.objects.get(pk=masked.pk)
    world.add("published.community", KIND, masked, after, "community")
    world.add("own.author", "experience_past", masked, before)


def story_of(token: str, *, files: tuple[str, ...] = ()) -> Story:
    return Story(
        title=f"Ce que {token} a donné",
        texts={"need": f"Un besoin de {token}."},
        outcome="awarded",
        amount=742_000,
        naming="anonymous",
        hides_organisation=True,
        rounds=True,
        files=files,
    )
