import re
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django_tasks import task

from community.core import contents
from community.core.contents import ContentKind
from community.core.models import Reference

from .citations import find
from .models import LegalProvision, LegalText
from .vocabulary import Vocabulary, current_vocabulary

LEGAL_KINDS = {"legal_text", "legal_provision"}
BATCH = 500
# Accents and capitals of a whole base are dear to fold: a long plain word is looked for first.
_PLAIN_WORD = re.compile(r"[A-Za-z0-9-]{4,}")


@task()
def find_citations_again(*, kind: str, pk: int) -> int:
    """Records the references to a text or an article in what was written before its name was known; adds, removes
    nothing. Returns how many contents were read.
    """
    needles = needles_of(kind, pk)
    law, read = current_vocabulary(), 0
    for each in contents.kinds():
        if needles and each.name not in LEGAL_KINDS:
            read += find_in_kind(each, needles, law)
    return read


def needles_of(kind: str, pk: int) -> list[str]:
    """What a text that cites it must hold."""
    if kind == "legal_provision":
        keys = LegalProvision.objects.filter(pk=pk).values_list("key", flat=True)
        return [key.lstrip("LRD") for key in keys]
    found = set()
    for number, short_title, aliases in LegalText.objects.filter(pk=pk).values_list("number", "short_title", "aliases"):
        for name in (number, short_title, *aliases):
            if words := _PLAIN_WORD.findall(name):
                found.add(max(words, key=len))
    return sorted(found)


def find_in_kind(kind: ContentKind, needles: list[str], law: Vocabulary) -> int:
    columns = {field.name for field in kind.model._meta.get_fields() if field.concrete}
    names = [name for name in kind.text_fields if name in columns]
    if not names:
        return 0
    holding = reduce(or_, (Q(**{f"{name}__icontains": needle}) for name in names for needle in needles))
    rows: QuerySet = kind.model._default_manager.filter(holding).order_by("pk")
    read, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).values_list("pk", *names)[:BATCH]):
        last = batch[-1][0]
        read += len(batch)
        Reference.objects.bulk_create(
            [
                Reference(source_kind=kind.name, source_id=pk, target_kind=target, target_id=target_id)
                for pk, *texts in batch
                for target, target_id in sorted({(each.kind, each.pk) for each in find("\n".join(texts), law)})
            ],
            ignore_conflicts=True,
        )
    return read
