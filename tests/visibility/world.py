"""One of each: every place, every person, every content in every state, each with a word found nowhere else."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from clauses.library.content import render_all, to_content
from clauses.library.models import Clause, ClauseVersion
from community.core import contents
from community.core.models import Attachment
from community.core.uploads.actions import store_upload
from community.members.models import Member
from community.notifications.models import Notification
from community.reading.models import Bookmark, Draft
from community.spaces import actions as spaces
from community.spaces.models import Membership, Space
from community.spaces.pseudonyms import pseudonym_number
from qa.models import Answer, Comment, PostRevision, Question
from tests.factories import (
    AnswerFactory,
    ClauseFactory,
    CommentFactory,
    MemberFactory,
    OrganisationFactory,
    QuestionFactory,
    SpaceFactory,
    SuggestionFactory,
)

from .decisions import build_decisions
from .dossiers import build_dossiers
from .exchanges import build_exchange_about_a_question, build_exchange_about_a_report
from .experiences import build_ask, build_experiences, build_masked, build_usage
from .law import build_law
from .pages import build_pages
from .projects import build_projects
from .splits import build_splits
from .table import ACTORS
from .withheld import withhold

PLACES = ("community", "open", "members", "private", "protected")
ROLES = ("guest", "member", "reviewer", "moderator", "owner")
LONG_AGO = timedelta(days=20)
WRITTEN = timedelta(days=10)
REASON = "Numéro de téléphone publié, signalé par un membre."


@dataclass
class Item:
    """An object of the table: its row, and the word that must appear where it is seen and nowhere else."""

    row: str
    kind: str
    obj: Any
    token: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"


@dataclass
class World:
    spaces: dict[str, Space | None] = field(default_factory=dict)
    actors: dict[str, Any] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    numbers: Any = field(default_factory=count)

    def token(self) -> str:
        return f"jeton{next(self.numbers):04d}qz"

    def of(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]

    def in_row(self, kind: str, row: str) -> Item:
        return next(item for item in self.items if (item.kind, item.row) == (kind, row))

    def add(self, row: str, kind: str, obj, token: str, place: str = "") -> Item:
        item = Item(row, kind, obj, token, place)
        self.items.append(item)
        return item


def build() -> World:
    world = World()
    build_spaces(world)
    build_actors(world)
    for place in PLACES:
        build_contents(world, place)
        build_splits(world, place)
        question = asked(world, place, world.token(), naming="anonymous")
        build_exchange_about_a_question(world, place, question)
        build_exchange_about_a_report(world, place, WRITTEN)
        build_withheld(world, place)
        build_clauses(world, place)
        build_experiences(world, place, WRITTEN)
    build_anonymous(world)
    build_masked(world)
    build_ask(world)
    build_decisions(world)
    build_pages(world)
    build_law(world)
    build_projects(world)
    build_dossiers(world)
    build_belongings(world)
    return world


def build_spaces(world: World) -> None:
    world.spaces["community"] = None
    for place in PLACES[1:]:
        token = world.token()
        world.spaces[place] = SpaceFactory(
            name=f"Espace {token}",
            slug=f"espace-{token}",
            visibility="private" if place == "protected" else place,
            history_from_joining=place == "protected",
        )
        world.add(f"space.{place}", "space", world.spaces[place], token, place)


def person(name: str, **fields) -> Member:
    last_name = name if name.startswith("jeton") else name.capitalize()
    member = MemberFactory(first_name="Claude", last_name=last_name, email=f"{name}@example.org", **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def build_actors(world: World) -> None:
    support = OrganisationFactory(kind="support", known=True)
    world.actors = {
        "visitor": AnonymousUser(),
        "unverified": person("unverified", newcomer=True),
        "verified": person("verified"),
        "partner": person("partner", account_kind="partner", organisation=support),
        "former": person("former"),
        "elsewhere": person("elsewhere"),
        "editor": person("editor"),
        "staff": person("staff", staff=True),
        "glass": person("glass", staff=True),
        **{role: person(role) for role in (*ROLES, "late", "author")},
    }
    assert set(world.actors) == set(ACTORS)
    world.actors["editor"].groups.set(Group.objects.filter(name="Editors"))
    Membership.objects.create(space=SpaceFactory(private=True), member=world.actors["elsewhere"], role="moderator")
    for place, space in world.spaces.items():
        if space is not None:
            fill_space(world, place, space)


def fill_space(world: World, place: str, space: Space) -> None:
    for name in (*ROLES, "author", "former", "late"):
        role = name if name in ROLES else "member"
        Membership.objects.create(space=space, member=world.actors[name], role=role)
    token = world.token()
    Membership.objects.create(space=space, member=person(token), role="member")
    world.add(f"people.{place}", "people", space, token, place)
    came = timezone.now() - LONG_AGO
    Membership.objects.filter(space=space).exclude(member=world.actors["late"]).update(joined_at=came)
    spaces.leave_space(actor=world.actors["former"], space=space)
    spaces.open_break_glass(actor=world.actors["glass"], space=space, reason=REASON, hours=24)
    token = world.token()
    invitation = spaces.invite_to_space(
        actor=world.actors["owner"], space=space, email=f"{token}@example.org", role="member"
    )
    world.add(f"animation.{place}", "invitation", invitation, token, place)
    token = world.token()
    access = spaces.open_break_glass(actor=world.actors["glass"], space=space, reason=f"{REASON} {token}", hours=1)
    world.add(f"ownership.{place}", "audit", access, token, place)
    world.add(f"ownership.{place}", "break_glass", access, token, place)


def asked(world: World, place: str, token: str, **fields) -> Question:
    return QuestionFactory(
        space=world.spaces[place],
        title=f"Comment acheter {token} ?",
        slug=f"comment-acheter-{token}",
        body=f"Un besoin de {token}.",
        **{"author": world.actors["author"], "created_at": timezone.now() - WRITTEN, **fields},
    )


def mark(obj, **fields) -> None:
    type(obj).objects.filter(pk=obj.pk).update(**fields)
    obj.refresh_from_db()


def build_contents(world: World, place: str) -> None:
    now = timezone.now()
    for row, state, marks in (
        ("published", "open", {}),
        ("published", "closed", {"closed_at": now}),
        ("hidden", "open", {"hidden_at": now}),
        ("embargoed", "embargoed", {}),
        ("deleted", "open", {"deleted_at": now}),
    ):
        token = world.token()
        question = asked(world, place, token, state=state)
        world.add(f"{row}.{place}", "question", question, token, place)
        build_posts(world, row, place, question)
        if marks:
            mark(question, **marks)


def build_posts(world: World, row: str, place: str, question: Question) -> None:
    """What hangs on a question; under one that few see, everything follows it."""
    own_states = ("published", "hidden", "deleted_post") if row == "published" else ("published",)
    for state in own_states:
        shown = f"{state if row == 'published' else row}.{place}"
        add_answer(world, shown, state, place, question)
        add_comment(world, shown, state, place, question)
    add_revision(world, f"{row}.{place}", place, question)
    add_attachment(world, f"{row}.{place}", place, question)


def gone(state: str) -> dict:
    return {"hidden": {"hidden_at": timezone.now()}, "deleted_post": {"deleted_at": timezone.now()}}.get(state, {})


def add_answer(world: World, row: str, state: str, place: str, question: Question) -> None:
    token = world.token()
    answer = AnswerFactory(
        question=question, author=world.actors["author"], created_at=question.created_at, body=f"Essayez {token}."
    )
    mark(answer, **gone(state) or {"edit_count": 0})
    for number, body in enumerate((f"Autrefois {token}.", f"Essayez {token}."), start=1):
        PostRevision.objects.create(
            answer=answer, number=number, body=body, author=answer.author, created_at=answer.created_at
        )
    world.add(row, "answer", answer, token, place)
    if state == "hidden":
        below = world.token()
        comment = comment_on(world, question, below, answer=answer)
        world.add(row, "comment", comment, below, place)


def comment_on(world: World, question: Question, token: str, **fields) -> Comment:
    return CommentFactory(
        question=question,
        author=world.actors["author"],
        created_at=question.created_at,
        text=f"Et pour {token} ?",
        **fields,
    )


def add_comment(world: World, row: str, state: str, place: str, question: Question) -> None:
    token = world.token()
    comment = comment_on(world, question, token)
    if gone(state):
        mark(comment, **gone(state))
    world.add(row, "comment", comment, token, place)


def add_revision(world: World, row: str, place: str, question: Question) -> None:
    token = world.token()
    texts = (f"Autrefois {token}.", question.body)
    for number, body in enumerate(texts, start=1):
        PostRevision.objects.create(
            question=question,
            number=number,
            title=question.title,
            body=body,
            author=question.author,
            created_at=question.created_at,
        )
    mark(question, edit_count=1, edited_at=question.created_at)
    world.add(row, "revision", question, token, place)


def build_withheld(world: World, place: str) -> None:
    token = world.token()
    question = asked(world, place, token)
    world.add(f"published.{place}", "question", question, token, place)
    # As a deleted post: its moderators may still look it up.
    withhold(world, place, question, add_attachment(world, f"deleted_post.{place}", place, question))


def add_attachment(world: World, row: str, place: str, question: Question | None) -> Attachment:
    token = world.token()
    picture = io.BytesIO()
    Image.new("RGB", (3, 3), "white").save(picture, "PNG")
    upload = SimpleUploadedFile(f"{token}.png", picture.getvalue(), "image/png")
    attachment = store_upload(actor=world.actors["author"], uploaded_file=upload)
    if question is not None:
        mark(attachment, state=Attachment.State.ATTACHED, content_kind="question", content_id=question.pk)
    world.add(row, "attachment", attachment, token, place)
    return attachment


def build_clauses(world: World, place: str) -> None:
    """Clauses in every state, what an older version said, and what members propose to change."""
    for row, state, fate in (
        ("published", "published", {}),
        ("published", "obsolete", {}),
        ("waiting", "draft", {}),
        ("waiting", "in_review", {}),
        ("waiting", "published", {"hidden_at": timezone.now()}),
        ("archived", "archived", {}),
    ):
        token = world.token()
        clause = ClauseFactory(
            space=world.spaces[place],
            author=world.actors["author"],
            title=f"Relevé des {token}",
            state=state,
            wordings=[{"text": f"Sous {{delai}} jours, le titulaire remet {token}."}],
        )
        mark(clause, created_at=timezone.now() - WRITTEN)
        world.add(f"{row}.{place}", "clause", clause, token, place)
        if clause.version:
            build_version(world, f"{row}.{place}", place, clause)
        if row == "published":
            build_suggestions(world, place, clause)
            build_usage(world, clause)
        mark(clause, **fate or {"use_count": 0})


def build_version(world: World, row: str, place: str, clause: Clause) -> None:
    token = world.token()
    older = clause.versions.get()
    older.content["wordings"][0]["text"] = f"Autrefois, {token}."
    older.html = render_all(older.content)
    older.save()
    ClauseVersion.objects.create(
        clause=clause,
        number=2,
        content=to_content(clause),
        html=render_all(to_content(clause)),
        author=clause.author,
        published_by=clause.author,
        created_at=timezone.now(),
    )
    mark(clause, version=2)
    world.add(row, "clause_version", older, token, place)


def build_suggestions(world: World, place: str, clause: Clause) -> None:
    for row, state in ((f"suggestion.{place}", "open"), ("own.author", "withdrawn")):
        token = world.token()
        suggestion = SuggestionFactory(
            clause=clause, author=world.actors["author"], state=state, after=f"Le titulaire remet plutôt {token}."
        )
        world.add(row, "clause_suggestion", suggestion, token, place)


def build_anonymous(world: World) -> None:
    """Somebody who is in no space any more wrote unnamed wherever everyone looks; only the name is the secret."""
    token = world.token()
    hidden = MemberFactory(first_name=token, last_name=token, email=f"{token}@example.org", job=token)
    mark(hidden, is_active=True)
    for place in ("community", "open"):
        text = world.token()
        question = asked(world, place, text, author=hidden, naming="anonymous")
        pseudonym_number(world.spaces[place], hidden)
        world.add(f"published.{place}", "question", question, text, place)
        world.add("identity.anonymous", "identity", question, token, place)
        under = Question.objects.get(pk=world.in_row("question", f"published.{place}").obj.pk)
        AnswerFactory(
            question=under, author=hidden, naming="anonymous", body="Une réponse.", created_at=question.created_at
        )
        CommentFactory(question=under, author=hidden, naming="anonymous", created_at=question.created_at)


def build_belongings(world: World) -> None:
    """What each person keeps, and was told, of everything there is, whether she may see it today or not."""
    kinds = {"question": Question, "answer": Answer, "comment": Comment, "space": Space, "clause": Clause}
    persons = [actor for actor in world.actors.values() if actor.is_authenticated]
    contents = [item for item in world.items if item.kind in kinds]
    for member in persons:
        Bookmark.objects.bulk_create(
            [Bookmark(member=member, kind=item.kind, object_id=item.obj.pk) for item in contents]
        )
        Notification.objects.bulk_create([told(member, item) for item in contents if item.kind != "space"])
    token = world.token()
    Draft.objects.create(member=world.actors["author"], key="question", fields={"title": f"Brouillon {token}"})
    world.add("own.author", "draft", None, token)
    add_attachment(world, "pending.community", "community", None)
    world.add("profile", "member", world.actors["author"], "Author")


def told(member: Member, item: Item) -> Notification:
    thread = item.obj if item.kind in ("question", "clause") else item.obj.question
    return Notification(
        member=member,
        reason="answer",
        subject_kind=contents.kind_of(thread).name,
        subject_id=thread.pk,
        target_kind=item.kind,
        target_id=item.obj.pk,
    )
