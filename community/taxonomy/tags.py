"""Words that members type become tags: accents kept, spellings of one word merged, synonyms followed."""

import re
import unicodedata

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.core.errors import Invalid
from community.core.slugs import slug_of

from .models import Tag
from .text import fold

MAX_TAG = 40
MAX_TAGS = 5
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]")
_SLUG_TRIES = 50


def tags_for(names: list[str]) -> list[Tag]:
    """The tags that these words stand for, in their order, each once; those that nobody wrote before are created.

    Two spellings that differ by accents, case, hyphens or spaces are one tag, shown as it was first written. At most
    five words of at most 40 characters: raises Invalid beyond.
    """
    cleaned = clean_names(names)
    for name in cleaned:
        if len(name) > MAX_TAG:
            raise Invalid(
                _("Un mot-clé compte au plus %(max)d caractères : « %(name)s » est trop long.")
                % {"max": MAX_TAG, "name": f"{name[:MAX_TAG]}…"},
                field="tags",
            )
    if len({fold(name) for name in cleaned}) > MAX_TAGS:
        raise Invalid(_("Choisissez au plus %(max)d mots-clés.") % {"max": MAX_TAGS}, field="tags")
    found = tags_by_name_in_bulk(cleaned)
    return list({tag.pk: tag for tag in (found[name] for name in cleaned)}.values())


def tags_by_name_in_bulk(names: list[str]) -> dict[str, Tag]:
    """Each cleaned name with its tag; one query for those that exist. The limits of a form are not checked."""
    wanted = {fold(name): name for name in reversed(names)}
    known = {tag.folded: tag for tag in Tag.objects.filter(folded__in=wanted).select_related("stands_for")}
    for folded, name in wanted.items():
        if folded not in known:
            known[folded] = _create(name, folded)
    return {name: known[fold(name)].stands_for or known[fold(name)] for name in names}


def names_that_stand(names: list[str]) -> list[str]:
    """Each word as its tag is shown, a synonym as the one that stands for it; unknown words as they are. One query."""
    wanted = {fold(name): name for name in names}
    known = Tag.objects.filter(folded__in=wanted).select_related("stands_for") if wanted else ()
    shown = {tag.folded: (tag.stands_for or tag).name for tag in known}
    return list(dict.fromkeys(shown.get(fold(name), name) for name in names))


def clean_names(names: list[str]) -> list[str]:
    """Composed accents, single spaces, no leading « # »; what holds no letter and no digit is dropped."""
    cleaned = (_SPACES.sub(" ", unicodedata.normalize("NFC", name)).lstrip(" #").strip(" ,;") for name in names)
    return [name for name in cleaned if _WORD.search(name)]


def _create(name: str, folded: str) -> Tag:
    """Two requests may create the same word at once, or two words the same slug: the loser reads, or numbers."""
    base = slug_of(folded) or "mot"
    for number in range(1, _SLUG_TRIES):
        try:
            with transaction.atomic():
                return Tag.objects.create(name=name, slug=base if number == 1 else f"{base}-{number}")
        except IntegrityError:
            if existing := Tag.objects.spelled(name).select_related("stands_for").first():
                return existing
    raise Invalid(_("Ce mot-clé ne peut pas être créé : écrivez-le autrement."), field="tags")
