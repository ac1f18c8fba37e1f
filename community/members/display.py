"""How a member signs what they write: by name, by kind of organisation, or anonymously."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core import ui
from community.core.contents import DisplayedAuthor

from .models import Member, OrganisationKind, Visibility
from .models.member import AccountKind
from .permissions import visibility_of

KIND_NAMES = {
    OrganisationKind.STATE: gettext_lazy("Membre d’un service ou d’un établissement de l’État"),
    OrganisationKind.LOCAL: gettext_lazy("Membre d’une collectivité ou d’un groupement"),
    OrganisationKind.HOSPITAL: gettext_lazy("Membre d’un hôpital public"),
    OrganisationKind.HOUSING: gettext_lazy("Membre d’un bailleur social"),
    OrganisationKind.UNIVERSITY: gettext_lazy("Membre d’une université ou d’un organisme de recherche"),
    OrganisationKind.ESPIC: gettext_lazy("Membre d’un ESPIC ou d’un établissement médico-social"),
    OrganisationKind.NETWORK: gettext_lazy("Membre d’un réseau d’acheteurs publics"),
    OrganisationKind.SUPPORT: gettext_lazy("Membre d’une structure d’accompagnement"),
    OrganisationKind.PRIVATE: gettext_lazy("Membre d’une structure privée"),
}
RELATED = ("organisation", "claimed_by__organisation")
_SIGNATURE = (
    "first_name",
    "last_name",
    "public_id",
    "job",
    "account_kind",
    "field_visibility",
    "verified_at",
    "is_active",
    "is_ghost",
    "organisation__kind",
    "organisation__name",
)
# What `only` must keep for `displayed` to cost no query.
DISPLAYED = ("claimed_by", *_SIGNATURE, *(f"claimed_by__{name}" for name in _SIGNATURE))


def related_for_display(prefix: str) -> tuple[str, ...]:
    """What `select_related` must bring for `displayed` to cost no query; `prefix` leads to the member."""
    return tuple(f"{prefix}__{path}" for path in RELATED)


def displayed(member: Member, naming: str = "name", pseudonym: int | None = None) -> DisplayedAuthor:
    """The author as everyone sees them, whoever looks: so only what the member shows to everyone is said.

    `pseudonym` is the number of an anonymous author in its space. A name that is not known hides the author.
    """
    if naming == "name":
        return _by_claimant(member) if member.claimed_by_id else _by_name(member)
    if naming == "kind":
        return _by_kind(member)
    return _anonymous(member, pseudonym)


def _by_name(member: Member) -> DisplayedAuthor:
    name = str(member)
    return DisplayedAuthor(
        name=name,
        detail=_detail(member),
        # A closed account keeps its signature and has no profile to lead to.
        url=profile_url(member) if member.is_active or member.is_ghost else "",
        initials=ui.initials(name),
        hue=ui.hue(member.pk),
    )


def _by_claimant(ghost: Member) -> DisplayedAuthor:
    """The person who took the ghost over leads to their profile; the name that was imported stays on the text."""
    claimant = ghost.claimed_by
    return DisplayedAuthor(
        name=str(claimant),
        detail=_("publié sous le nom « %(name)s »") % {"name": ghost},
        url=profile_url(claimant) if claimant.is_active else "",
        initials=ui.initials(claimant),
        hue=ui.hue(claimant.pk),
    )


def _by_kind(member: Member) -> DisplayedAuthor:
    kind = member.organisation.kind if member.organisation_id else None
    return DisplayedAuthor(
        name=str(KIND_NAMES.get(kind, _("Membre de la communauté"))),
        detail=_("Identité vérifiée") if member.is_verified else declared(kind),
        anonymous=True,
    )


def declared(organisation) -> str:
    """Said of the organisation, or of its kind, that an unverified member gives as theirs; nothing of none."""
    return _("organisation déclarée, non vérifiée") if organisation else ""


def organisation_words(member: Member) -> str:
    """The organisation's name, with a mark as long as nobody vouches that the member belongs to it."""
    name = member.organisation.name
    return name if member.is_verified else f"{name} ({declared(name)})"


def _anonymous(member: Member, pseudonym: int | None) -> DisplayedAuthor:
    return DisplayedAuthor(
        name=_("Membre anonyme, identité vérifiée") if member.is_verified else _("Membre anonyme"),
        detail=_("Pseudonyme nᵒ %(number)s") % {"number": pseudonym} if pseudonym else "",
        anonymous=True,
    )


def _detail(member: Member) -> str:
    """« Acheteuse, communauté d’agglomération du Val d’Ormel », preceded by the kind of account of non-agents."""
    if member.is_ghost:
        return ""
    parts = []
    if member.account_kind != AccountKind.AGENT:
        parts.append(member.get_account_kind_display())
    if member.job and visibility_of(member, "job") == Visibility.EVERYONE:
        parts.append(member.job)
    if member.organisation_id and visibility_of(member, "organisation") == Visibility.EVERYONE:
        parts.append(organisation_words(member))
    return ", ".join(parts)


_MARK = "918273640918"


@lru_cache(maxsize=1)
def _profile_pattern() -> str:
    return reverse("member_profile", args=[_MARK])


def profile_url(member: Member) -> str:
    """A page names many members: the pattern is resolved once."""
    return _profile_pattern().replace(_MARK, member.public_id)
