"""A name or a number that the recogniser did not know: what already cites it is found."""

from community.core.events import LegalProvisionChanged, LegalTextChanged, handles

from .models import LegalChange
from .tasks import find_citations_again

NAMES = {"nature", "number", "short_title", "aliases", "key"}


@handles(LegalTextChanged)
def find_what_cites_text(event: LegalTextChanged) -> None:
    if says_names(event.change_id):
        find_citations_again.enqueue(kind="legal_text", pk=event.text_id)


@handles(LegalProvisionChanged)
def find_what_cites_provision(event: LegalProvisionChanged) -> None:
    if says_names(event.change_id):
        find_citations_again.enqueue(kind="legal_provision", pk=event.provision_id)


def says_names(change_id: int) -> bool:
    return not NAMES.isdisjoint(LegalChange.objects.get(pk=change_id).after)
