from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.core.keyset import Keyset, Page

from .display import organisation_words
from .models import AccountKind, Expertise, GhostClaim, Member, Organisation, Visibility
from .permissions import (
    PROFILE_FIELDS,
    can_administer_members,
    can_confirm_organisation,
    can_review_organisations,
    covered_territories,
    visible_fields,
)

FOUND_ORGANISATIONS = 8
PEOPLE_PAGE = 30
REVIEWED = 50
NEWEST_FIRST = Keyset(order=("-pk",))
RELATED = ("organisation", "territory")
LISTS = ("families_practised", "themes_practised")


def search_organisations(query: str) -> list[Organisation]:
    """Known organisations whose name holds every word of the query."""
    if len(query.strip()) < 2:
        return []
    return list(Organisation.objects.known().named(query[:120]).select_related("territory")[:FOUND_ORGANISATIONS])


def known_organisations(pks: list[int]) -> list[Organisation]:
    return list(Organisation.objects.known().filter(pk__in=pks).select_related("territory"))


def get_member_or_404(viewer, public_id: str) -> Member:
    members = Member.objects.visible_to(viewer).select_related(*RELATED)
    return get_object_or_404(members, public_id=public_id)


@dataclass(frozen=True, kw_only=True)
class ShownProfile:
    """Only what the viewer may see: a field that is kept from them is empty here."""

    member: Member
    fields: frozenset[str]
    families: tuple = ()
    themes: tuple = ()
    expertises: tuple = ()

    @property
    def kind(self) -> str:
        """The kind of account, said beside the name of whoever is not a public agent."""
        silent = self.member.is_ghost or self.member.account_kind == AccountKind.AGENT
        return "" if silent else self.member.get_account_kind_display()

    @property
    def job(self) -> str:
        return self.member.job if "job" in self.fields else ""

    @property
    def organisation(self):
        return self.member.organisation if "organisation" in self.fields else None

    @property
    def organisation_words(self) -> str:
        return organisation_words(self.member) if self.organisation else ""

    @property
    def territory(self):
        return self.member.territory if "territory" in self.fields else None

    @property
    def bio(self) -> str:
        return self.member.bio if "bio" in self.fields else ""

    @property
    def is_available(self) -> bool:
        return self.member.available_to_be_asked and "availability" in self.fields


def shown_profile(viewer, member: Member) -> ShownProfile:
    fields = frozenset(visible_fields(viewer, member))
    practice = "practice" in fields
    return ShownProfile(
        member=member,
        fields=fields,
        families=tuple(member.families_practised.all()) if practice else (),
        themes=tuple(member.themes_practised.all()) if practice else (),
        expertises=tuple(Expertise.objects.current().filter(member=member).select_related("family")),
    )


def search_people(viewer, criteria, *, after: str | None, before: str | None) -> Page:
    """Persons, the newest first. A filter finds nobody by what the viewer may not see of them."""
    people = Member.objects.visible_to(viewer).persons()
    if criteria.name:
        people = people.named(criteria.name)
    if criteria.territory:
        people = people.in_territory(criteria.territory).filter(shows(viewer, "territory"))
    if criteria.family:
        people = people.experienced_in_family(criteria.family).filter(shows(viewer, "practice"))
    if criteria.theme:
        people = people.experienced_in_theme(criteria.theme).filter(shows(viewer, "practice"))
    if criteria.available:
        people = people.filter(shows(viewer, "availability"), available_to_be_asked=True)
    page = NEWEST_FIRST.page(in_list(people), after=after, before=before, size=PEOPLE_PAGE)
    return Page(rows=[listed(viewer, member) for member in page.rows], previous=page.previous, next=page.next)


def in_list(people: QuerySet) -> QuerySet:
    return people.select_related(*RELATED).prefetch_related(*LISTS)


def listed(viewer, member: Member) -> ShownProfile:
    fields = frozenset(visible_fields(viewer, member))
    practice = "practice" in fields
    return ShownProfile(
        member=member,
        fields=fields,
        families=tuple(member.families_practised.all()) if practice else (),
        themes=tuple(member.themes_practised.all()) if practice else (),
    )


def shows(viewer, field: str) -> Q:
    """`permissions.can_see_field` as a condition on members; the two are compared by a test."""
    allowed = [Visibility.EVERYONE, *([Visibility.MEMBERS] if viewer.is_verified else [])]
    chosen = Q(**{f"field_visibility__{field}__in": allowed})
    if PROFILE_FIELDS[field] in allowed:
        chosen |= Q(**{f"field_visibility__{field}__isnull": True})
    return chosen | Q(pk=viewer.pk)


def organisations_in_charge(actor) -> QuerySet:
    """Those whose confirmation is the actor's to give."""
    organisations = Organisation.objects.select_related("territory", "proposed_by").prefetch_related("domains")
    if can_administer_members(actor):
        return organisations
    territories = covered_territories(actor)
    return organisations.filter(Q(territory__in=territories) | Q(territory__parent__in=territories))


def organisations_in_charge_or_404(actor, query: str) -> list[Organisation]:
    """Those proposed, the oldest first, or those known that hold the words; absent to who is in charge of none."""
    if not can_review_organisations(actor):
        raise Http404
    organisations = organisations_in_charge(actor)
    if query:
        return list(organisations.known().named(query)[:REVIEWED])
    return list(organisations.proposed().order_by("created_at")[:REVIEWED])


def get_organisation_in_charge_or_404(actor, pk: int) -> Organisation:
    organisation = get_object_or_404(organisations_in_charge(actor), pk=pk)
    if not can_confirm_organisation(actor, organisation):
        raise Http404
    return organisation


def claims_to_decide(actor) -> list[GhostClaim]:
    if not can_administer_members(actor):
        return []
    return list(
        GhostClaim.objects.filter(decided_at=None)
        .select_related("ghost", "claimant")
        .exclude(claimant=actor)
        .order_by("created_at")[:REVIEWED]
    )


def get_claim_or_404(actor, pk: int) -> GhostClaim:
    claims = GhostClaim.objects.select_related("ghost", "claimant")
    return get_object_or_404(claims if can_administer_members(actor) else claims.none(), pk=pk)


def get_expertise_or_404(member: Member, pk: int) -> Expertise:
    return get_object_or_404(Expertise, member=member, pk=pk)
