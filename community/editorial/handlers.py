"""The law moves: the editors of the pages that cite it are told; moderation puts these pages in its queue."""

from community.core.events import LegalProvisionChanged, LegalTextChanged, handles

from .tasks import tell_editors


@handles(LegalTextChanged)
def tell_editors_of_text(event: LegalTextChanged) -> None:
    if event.matters:
        tell("legal_text", event.text_id, event)


@handles(LegalProvisionChanged)
def tell_editors_of_provision(event: LegalProvisionChanged) -> None:
    if event.matters:
        tell("legal_provision", event.provision_id, event)


def tell(kind: str, pk: int, event: LegalTextChanged | LegalProvisionChanged) -> None:
    tell_editors.enqueue(cause_kind=kind, cause_id=pk, change_id=event.change_id, by_id=event.by_id)
