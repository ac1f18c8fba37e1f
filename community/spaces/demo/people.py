"""The people, organisations and spaces of the demonstration; what is there already is left as it is."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command

from community.core.demo import Demo
from community.members.actions import follow_topics
from community.members.models import Expertise, Member, Organisation, OrganisationDomain, Territory
from community.spaces.models import Membership, Space
from community.taxonomy.models import PurchaseFamily, Theme

from . import DOMAIN, PASSWORD

FOLDER = Path(__file__).parent


def load_people_and_spaces(demo: Demo) -> None:
    """Everything is filed under the vocabularies: they come first, where nobody loaded them."""
    if not PurchaseFamily.objects.exists():
        call_command("load_reference", verbosity=0)
    demo.members |= load_people(demo.now)
    demo.spaces |= load_spaces(demo.members, demo.now)
    demo.report.did("membres", len(demo.members))
    demo.report.did("espaces", len(demo.spaces))


def read(name: str) -> dict:
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def load_people(now: datetime) -> dict[str, Member]:
    """Members by their short name in the files."""
    content = read("people.toml")
    territories = {territory.code: territory for territory in Territory.objects.all()}
    organisations = {key: _organisation(fields, territories, now) for key, fields in content["organisations"].items()}
    # One hash for all: the password is the same, and hashing is slow on purpose.
    password = make_password(PASSWORD)
    members = {key: _member(key, fields, organisations, password, now) for key, fields in content["members"].items()}
    _confirm_addresses(members)
    _file_practice(content["members"], members)
    _grant_expertise(content["members"], members)
    _make_editors(content["members"], members)
    return members


def _organisation(fields: dict, territories: dict, now: datetime) -> Organisation:
    organisation, _new = Organisation.objects.get_or_create(
        name=fields["name"],
        defaults={"kind": fields["kind"], "territory": territories.get(fields["territory"]), "confirmed_at": now},
    )
    OrganisationDomain.objects.get_or_create(domain=fields["domain"], defaults={"organisation": organisation})
    return organisation


def _member(key: str, fields: dict, organisations: dict, password: str, now: datetime) -> Member:
    roles = fields.get("roles", [])
    newcomer = "newcomer" in roles
    organisation = organisations[fields["org"]]
    member, _new = Member.objects.get_or_create(
        email=f"{key}@{DOMAIN}",
        defaults={
            "first_name": fields["first"],
            "last_name": fields["last"],
            "password": password,
            "account_kind": fields.get("kind", "agent"),
            "job": fields.get("job", ""),
            "organisation": organisation,
            "territory": organisation.territory,
            "available_to_be_asked": not newcomer and "staff" not in roles,
            "charter_accepted_at": now - timedelta(days=120),
            "verified_at": None if newcomer else now - timedelta(days=118),
            "verification": "" if newcomer else "domain",
            "is_staff": "staff" in roles,
            "is_superuser": "staff" in roles,
            "date_joined": now - timedelta(days=120),
        },
    )
    return member


def _confirm_addresses(members: dict[str, Member]) -> None:
    known = set(EmailAddress.objects.filter(user__in=members.values()).values_list("user_id", flat=True))
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=member, email=member.email, verified=True, primary=True)
            for member in members.values()
            if member.pk not in known
        ]
    )


def _file_practice(people: dict, members: dict[str, Member]) -> None:
    families = {family.code: family for family in PurchaseFamily.objects.all()}
    themes = {theme.code: theme for theme in Theme.objects.all()}
    for key, fields in people.items():
        practised = [families[code] for code in fields.get("families", []) if code in families]
        known = [themes[code] for code in fields.get("themes", []) if code in themes]
        member = members[key]
        member.families_practised.add(*practised)
        member.themes_practised.add(*known)
        follow_topics(
            actor=member,
            families={*member.families_followed.all(), *practised},
            themes={*member.themes_followed.all(), *known},
        )


def _make_editors(people: dict, members: dict[str, Member]) -> None:
    """Those who decide on what members propose for the clauses of the open community."""
    for group in Group.objects.filter(name="Editors"):
        group.user_set.add(*(members[key] for key, fields in people.items() if "editor" in fields.get("roles", [])))


def _grant_expertise(people: dict, members: dict[str, Member]) -> None:
    for key, fields in people.items():
        for role in fields.get("roles", []):
            kind, _colon, code = role.partition(":")
            if kind in ("expert", "jurist"):
                Expertise.objects.get_or_create(
                    member=members[key],
                    kind=kind,
                    family=PurchaseFamily.objects.filter(code=code).first() if code else None,
                    defaults={"granted_by": members["admin"]},
                )


def load_spaces(members: dict[str, Member], now: datetime) -> dict[str, Space]:
    spaces = {}
    for slug, fields in read("spaces.toml")["spaces"].items():
        owner = next(key for key, role in fields["members"].items() if role == "owner")
        columns = {name: fields[name] for name in ("name", "description", "kind", "visibility")}
        space, new = Space.objects.get_or_create(slug=slug, defaults={**columns, "created_by": members[owner]})
        spaces[slug] = space
        if not new:
            continue
        space.territories.set(Territory.objects.filter(code__in=fields.get("territories", [])))
        Membership.objects.bulk_create(
            [Membership(space=space, member=members[key], role=role) for key, role in fields["members"].items()]
        )
        # They were there before their own messages.
        Membership.objects.filter(space=space).update(joined_at=now - timedelta(days=115))
        Space.objects.filter(pk=space.pk).update(created_at=now - timedelta(days=116))
    return spaces
