"""What companies were asked and what they said."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.models import CompanyMet, Dossier, SourcingSheet
from clauses.dossiers.vocabularies import MAX_COMPANIES
from community.core.errors import Invalid, Refused
from community.core.events import DossierChanged, emit

from .locks import bump, lock_dossier, require_version


class Removed(Refused):
    """The meeting that is written went away meanwhile."""

    def __init__(self):
        super().__init__(
            _(
                "Quelqu’un a supprimé cette rencontre pendant que vous écriviez. Rien n’est perdu : enregistrez pour "
                "la noter de nouveau."
            )
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    questions: str = ""
    links: str = ""
    findings: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    name: str
    met_on: date | None = None
    contact: str = ""
    notes: str = ""


@transaction.atomic
def write_sheet(*, dossier: Dossier, actor, sheet: Sheet, expected: int | None) -> SourcingSheet:
    """`expected`: the version that the form started from, 0 before the first one."""
    permissions.require(permissions.can_edit_dossier(actor, dossier))
    lock_dossier(dossier.pk)
    row = SourcingSheet.objects.select_for_update().filter(dossier=dossier).first()
    if row is None:
        row = SourcingSheet.objects.create(dossier=dossier, edited_by=actor, **asdict(sheet))
    else:
        require_version(row, expected)
        bump(row, actor=actor, **asdict(sheet))
    emit(DossierChanged(dossier_id=dossier.pk, by_id=actor.pk))
    return row


@transaction.atomic
def add_company(*, dossier: Dossier, actor, meeting: Meeting, client_token: UUID | None = None) -> CompanyMet:
    permissions.require(permissions.can_edit_dossier(actor, dossier))
    _require_named(meeting)
    lock_dossier(dossier.pk)
    if client_token and (sent := dossier.companies.filter(client_token=client_token).first()):
        return sent
    if dossier.companies.count() >= MAX_COMPANIES:
        raise Refused(_("Une fiche garde au plus %(count)d rencontres.") % {"count": MAX_COMPANIES})
    company = CompanyMet.objects.create(dossier=dossier, edited_by=actor, client_token=client_token, **asdict(meeting))
    emit(DossierChanged(dossier_id=dossier.pk, by_id=actor.pk))
    return company


@transaction.atomic
def edit_company(*, company: CompanyMet, actor, meeting: Meeting, expected: int | None) -> CompanyMet:
    permissions.require(permissions.can_edit_dossier(actor, company.dossier))
    _require_named(meeting)
    lock_dossier(company.dossier_id)
    row = CompanyMet.objects.select_for_update().filter(pk=company.pk).first()
    if row is None:
        raise Removed
    require_version(row, expected)
    bump(row, actor=actor, **asdict(meeting))
    emit(DossierChanged(dossier_id=row.dossier_id, by_id=actor.pk))
    return row


@transaction.atomic
def remove_company(*, company: CompanyMet, actor, expected: int | None) -> None:
    """`expected`: the version that was read; what a colleague wrote since does not go unseen."""
    permissions.require(permissions.can_edit_dossier(actor, company.dossier))
    lock_dossier(company.dossier_id)
    row = CompanyMet.objects.select_for_update().filter(pk=company.pk).first()
    if row is None:
        return
    require_version(row, expected)
    row.delete()
    emit(DossierChanged(dossier_id=company.dossier_id, by_id=actor.pk))


def _require_named(meeting: Meeting) -> None:
    if not meeting.name.strip():
        raise Invalid(_("Donnez le nom de l’entreprise."), field="name")
