"""What the texts that come in cite of the law that is not in force any more."""

from collections.abc import Iterator

from django.utils import timezone

from community.law import citations
from community.law.models import LegalProvision, LegalText
from community.law.states import LawState
from community.law.vocabulary import Vocabulary, current_vocabulary

OUT = frozenset({LawState.REPEALED, LawState.REPLACED})


class DeadLaw:
    """The texts and articles out of force, read once for a whole import."""

    def __init__(self) -> None:
        self.vocabulary: Vocabulary = current_vocabulary()
        today = timezone.localdate()
        texts = LegalText.objects.out_of_force(today).select_related("replaced_by")
        self.texts = {text.pk: text for text in texts}
        provisions = LegalProvision.objects.filter(text__in=self.texts).select_related("text__replaced_by")
        self.provisions = {row.pk: row.text for row in provisions}

    def cited_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The place of each citation, and a sentence."""
        for citation in citations.find(text, self.vocabulary):
            found = self.texts if citation.kind == citations.TEXT else self.provisions
            dead = found.get(citation.pk)
            if dead is not None:
                yield citation.start, said_of(dead)


def said_of(text: LegalText) -> str:
    if text.replaced_by is not None:
        return f"cite {text.short_title}, qui n’est plus en vigueur : voir {text.replaced_by.short_title}"
    return f"cite {text.short_title}, qui n’est plus en vigueur"
