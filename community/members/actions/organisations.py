import re

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit
from community.core.errors import Invalid, Refused
from community.core.events import OrganisationConfirmed, OrganisationProposed, emit
from community.core.ratelimits import spend
from community.members import limits, permissions
from community.members.domains import is_public_provider
from community.members.models import Member, Organisation, OrganisationDomain, Territory

from .verification import verify_by_domain

_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")


@transaction.atomic
def propose_organisation(
    *, actor: Member, name: str, kind: str, siret: str = "", territory: Territory | None = None
) -> Organisation:
    """An organisation that nobody confirmed yet: it verifies no one and is offered to no one.

    A SIRET already recorded is the same organisation, whatever the name given here.
    """
    if siret:
        existing = Organisation.objects.filter(siret=siret).first()
        if existing is not None:
            return existing
    # Each one is told to those who confirm organisations, and waits for them.
    spend(limits.PROPOSE_ORGANISATION, actor=actor)
    organisation = Organisation.objects.create(
        name=name, kind=kind, siret=siret, territory=territory, proposed_by=actor
    )
    emit(OrganisationProposed(organisation_id=organisation.pk, by_id=actor.pk))
    return organisation


@transaction.atomic
def confirm_organisation(*, actor: Member, organisation: Organisation) -> None:
    permissions.require(permissions.can_confirm_organisation(actor, organisation))
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.is_known:
        return
    organisation.confirmed_at = timezone.now()
    organisation.confirmed_by = actor
    try:
        with transaction.atomic():
            organisation.save(update_fields=["confirmed_at", "confirmed_by"])
    except IntegrityError:
        raise Refused(_("Une organisation connue porte déjà ce nom dans ce territoire.")) from None
    audit.record("organisation.confirmed", actor=actor, kind="organisation", object_id=organisation.pk)
    emit(OrganisationConfirmed(organisation_id=organisation.pk, by_id=actor.pk))
    for domain in organisation.domains.all():
        verify_members_of_domain(domain)


@transaction.atomic
def add_domain(*, actor: Member, organisation: Organisation, domain: str) -> OrganisationDomain:
    """Confirms that the addresses of a domain are given by the organisation to its own people only."""
    permissions.require(permissions.can_confirm_organisation(actor, organisation))
    domain = domain.strip().lower().removeprefix("@")
    if len(domain) > 120 or not _DOMAIN.fullmatch(domain):
        raise Invalid(_("Indiquez un domaine tel que « val-ormel.fr », sans adresse ni espace."), field="domain")
    if is_public_provider(domain):
        raise Invalid(
            _("N’importe qui peut ouvrir une adresse chez ce fournisseur : il ne vérifie personne."), field="domain"
        )
    existing = OrganisationDomain.objects.filter(domain=domain).first()
    if existing is not None:
        if existing.organisation_id == organisation.pk:
            return existing
        raise Refused(_("Ce domaine est déjà celui d’une autre organisation."), field="domain")
    added = OrganisationDomain.objects.create(organisation=organisation, domain=domain, confirmed_by=actor)
    audit.record(
        "organisation.domain_added", actor=actor, kind="organisation", object_id=organisation.pk, domain=domain
    )
    verify_members_of_domain(added)
    return added


def verify_members_of_domain(domain: OrganisationDomain) -> None:
    """Those who had confirmed their address before the organisation was known."""
    if not domain.organisation.is_known:
        return
    confirmed = EmailAddress.objects.filter(verified=True, email__iendswith=f"@{domain.domain}").values("user_id")
    for member in Member.objects.persons().filter(pk__in=confirmed, verified_at=None).select_related("organisation"):
        verify_by_domain(member=member)
