"""What a member keeps for herself. Nobody else is told and nobody else reads it: these acts emit no event."""

import json
import re
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import contents
from community.core.errors import Invalid, Refused

from .models import Bookmark, Draft, ReadMark

MAX_DRAFTS = 50
MAX_DRAFT = 60_000
MAX_KEY = 60
MAX_BOOKMARKS = 2000
MAX_POSITION = 2**31 - 1
DRAFT_KEY = re.compile(r"[a-z]+(?:[:_-][a-z0-9]+)*", re.ASCII)


def require_signed_in(actor) -> None:
    if not actor.is_authenticated:
        raise PermissionDenied


def require_visible(actor, kind: str, pk: int) -> None:
    """Marking what one may not see would tell that it exists."""
    require_signed_in(actor)
    if contents.find_visible(actor, kind, pk) is None:
        raise PermissionDenied


@transaction.atomic
def mark_read(*, actor, kind: str, pk: int, position: int) -> None:
    """Keeps the last post read of a thread; an older position than the kept one changes nothing."""
    require_visible(actor, kind, pk)
    position = min(max(position, 0), MAX_POSITION)
    mark = ReadMark.objects.filter(member=actor, kind=kind, object_id=pk)
    moved = mark.filter(position__lt=position).update(position=position, read_at=timezone.now())
    if not moved:
        row = ReadMark(member=actor, kind=kind, object_id=pk, position=position)
        ReadMark.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def save_draft(*, actor, key: str, fields: Mapping[str, str | list[str]]) -> Draft:
    """Replaces the draft of a form. `fields` are its raw values: a list where a name was sent more than once."""
    require_signed_in(actor)
    check_draft(key, fields)
    draft, created = Draft.objects.update_or_create(member=actor, key=key, defaults={"fields": dict(fields)})
    if created and Draft.objects.filter(member=actor).count() > MAX_DRAFTS:
        raise Refused(
            _("Vous gardez déjà %(count)d brouillons : supprimez-en un pour en commencer un autre.")
            % {"count": MAX_DRAFTS}
        )
    return draft


def check_draft(key: str, fields: Mapping[str, str | list[str]]) -> None:
    if len(key) > MAX_KEY or not DRAFT_KEY.fullmatch(key):
        raise Invalid(_("Ce brouillon n’appartient à aucun formulaire du site."))
    for value in fields.values():
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in texts):
            raise Invalid(_("Ce brouillon n’a pas la forme attendue."))
    if len(json.dumps(dict(fields), ensure_ascii=False)) > MAX_DRAFT:
        raise Invalid(_("Ce texte est trop long pour être gardé en brouillon (60 000 caractères au plus)."))


def discard_draft(*, actor, key: str) -> None:
    require_signed_in(actor)
    Draft.objects.filter(member=actor, key=key).delete()


@transaction.atomic
def add_bookmark(*, actor, kind: str, pk: int) -> None:
    require_visible(actor, kind, pk)
    if Bookmark.objects.filter(member=actor).count() >= MAX_BOOKMARKS:
        raise Refused(
            _("Vous gardez déjà %(count)d favoris : retirez-en pour en ajouter d’autres.") % {"count": MAX_BOOKMARKS}
        )
    Bookmark.objects.bulk_create([Bookmark(member=actor, kind=kind, object_id=pk)], ignore_conflicts=True)


def remove_bookmark(*, actor, kind: str, pk: int) -> bool:
    """Also of what can no longer be seen; says whether there was one."""
    require_signed_in(actor)
    deleted, _detail = Bookmark.objects.filter(member=actor, kind=kind, object_id=pk).delete()
    return bool(deleted)
