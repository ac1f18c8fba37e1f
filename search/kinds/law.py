"""Texts of law and their articles, in our own words: open to everyone."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from community.law.models import LegalProvision, LegalText
from search.documents import PUBLIC, Document, DocumentKind

# What has no date of its own is neither recent nor old.
UNDATED = datetime(2019, 4, 1, tzinfo=UTC)


def moment(text: LegalText | LegalProvision) -> datetime:
    day = text.in_force_from
    return datetime.combine(day, time(), tzinfo=UTC) if day else UNDATED


def weight(text: LegalText | LegalProvision) -> float:
    today = timezone.localdate()
    return 0.5 if text.repealed_on and text.repealed_on <= today else 1.1


class TextDocuments(DocumentKind):
    name = "legal_text"
    model = LegalText
    tab = "textes"

    def build(self, text: LegalText) -> Iterable[Document]:
        yield Document(
            kind="legal_text",
            pk=text.pk,
            thread=("legal_text", text.pk),
            acl=(PUBLIC,),
            written=moment(text),
            title=text.short_title,
            body="\n".join(filter(None, (text.title, text.scope, text.note))),
            context=" ".join([text.number, *map(str, text.aliases)]),
            weight=weight(text),
        )

    def related_keys(self, keys: Iterable[int]) -> Iterable[tuple[str, int]]:
        found = LegalProvision.objects.filter(text__in=list(keys)).values_list("pk", flat=True)
        return [("legal_provision", pk) for pk in found]

    def line(self, text: LegalText) -> list[str]:
        return [_("Texte"), str(text.get_nature_display())]


class ProvisionDocuments(DocumentKind):
    name = "legal_provision"
    model = LegalProvision
    tab = "textes"

    def queryset(self):
        return LegalProvision.objects.select_related("text")

    def build(self, provision: LegalProvision) -> Iterable[Document]:
        yield Document(
            kind="legal_provision",
            pk=provision.pk,
            thread=("legal_provision", provision.pk),
            acl=(PUBLIC,),
            written=moment(provision),
            title=f"{provision.label}, {provision.title}",
            body="\n".join(filter(None, (provision.summary, provision.changed))),
            context=f"article {provision.text.short_title}",
            weight=weight(provision),
        )

    def line(self, provision: LegalProvision) -> list[str]:
        return [_("Article"), provision.text.short_title]
