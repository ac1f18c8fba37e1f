"""The citations of the law that a clause holds, brought up to date in one go, as another version."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clauses.library import permissions
from clauses.library.content import CONTEXT_TEXTS, CRITERION_TEXTS, to_content
from clauses.library.models import Clause, ClauseVersion
from clauses.library.vocabularies import ClauseState
from community.core.errors import Refused
from community.core.mending import Mending, nothing_to_mend
from community.law.models import LegalProvision, LegalText

from .propose import write_proposal
from .publish import lock_clause, publish_unguarded, require_no_waiting_draft

OWN_TEXTS = ("title", "summary", *CONTEXT_TEXTS)
ROW_TEXTS = {"wordings": ("title", "text", "conditions"), "variables": ("label", "guidance")}


def texts_of(clause: Clause) -> list[str]:
    return [clause.plain_text]


@transaction.atomic
def mend_clause(*, clause: Clause, actor, mending: Mending) -> ClauseVersion:
    """By those who may change it and, in the open community, by jurists. Raises Refused when it changed since."""
    permissions.require(permissions.can_mend(actor, clause))
    clause = lock_clause(clause.pk)
    if clause.state != ClauseState.PUBLISHED:
        raise Refused(_("Cette clause n’est pas publiée."))
    mending.require_unchanged(texts_of(clause))
    require_no_waiting_draft(clause)
    before = to_content(clause)
    after = mended(before, mending)
    if after == before:
        raise nothing_to_mend()
    write_proposal(clause, after, actor=actor)
    clause.save()
    return publish_unguarded(clause=clause, actor=actor, note=mending.reason)


def mended(content: dict[str, Any], mending: Mending) -> dict[str, Any]:
    """Its words and its legal basis; where it comes from stays as it was said then."""
    words = mending.words
    criterion = content["criterion"]
    return {
        **content,
        **{name: words(content[name]) for name in OWN_TEXTS},
        **{name: [in_row(row, fields, words) for row in content[name]] for name, fields in ROW_TEXTS.items()},
        "criterion": {
            **criterion,
            **{name: words(criterion[name]) for name in CRITERION_TEXTS},
            "scale": [in_row(row, ("description",), words) for row in criterion["scale"]],
        },
        "bases": mended_bases([in_row(row, ("note",), words) for row in content["bases"]], mending),
    }


def in_row(row: dict[str, Any], fields: tuple[str, ...], words: Callable[[str], str]) -> dict[str, Any]:
    return {**row, **{name: words(row[name]) for name in fields}}


def mended_bases(rows: list[dict[str, str]], mending: Mending) -> list[dict[str, str]]:
    """Each basis once, though two of them may lead to the same successor."""
    names = names_of({*mending.keys, *mending.keys.values()})
    instead = {names[old]: names[new] for old, new in mending.keys.items() if old in names and new in names}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        key = (row["text"], row["provision"])
        text, provision = instead.get(key, key)
        found.setdefault((text, provision), {**row, "text": text, "provision": provision})
    return list(found.values())


def names_of(keys: set[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """How a version names texts and articles: by slug and by key."""
    texts = LegalText.objects.filter(pk__in=[pk for kind, pk in keys if kind == "legal_text"])
    articles = LegalProvision.objects.filter(pk__in=[pk for kind, pk in keys if kind == "legal_provision"])
    found = {("legal_text", pk): (slug, "") for pk, slug in texts.values_list("pk", "slug")}
    rows = articles.values_list("pk", "text__slug", "key")
    return found | {("legal_provision", pk): (slug, key) for pk, slug, key in rows}
