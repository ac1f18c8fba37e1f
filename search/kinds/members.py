"""Members: what each shows to every member, and apart what is for verified ones."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from community.members.display import displayed
from community.members.models import Member, Visibility
from community.members.permissions import visibility_of
from search.documents import SIGNED_IN, VERIFIED, Document, DocumentKind


def shown(member: Member, field: str, visibility: str) -> bool:
    return visibility_of(member, field) == visibility


def words_for(member: Member, visibility: str) -> list[str]:
    """The words of the profile that this visibility opens."""
    words = {
        "job": member.job,
        "organisation": member.organisation.name if member.organisation else "",
        "territory": member.territory.name if member.territory else "",
        "bio": member.bio,
        "practice": ", ".join(str(each) for each in (*member.families_practised.all(), *member.themes_practised.all())),
    }
    return [text for field, text in words.items() if text and shown(member, field, visibility)]


class MemberDocuments(DocumentKind):
    name = "member"
    model = Member
    tab = "membres"
    parts = 2

    def queryset(self):
        members = Member.objects.select_related("organisation", "territory")
        return members.prefetch_related("families_practised", "themes_practised")

    def build(self, member: Member) -> Iterable[Document]:
        if not (member.is_active or (member.is_ghost and member.claimed_by_id is None)):
            return
        name = str(member)
        common = {"kind": "member", "pk": member.pk, "thread": ("member", member.pk), "written": member.date_joined}
        # A ghost signs imported posts and has no profile to speak of.
        weight = 0.5 if member.is_ghost else 0.9
        to_all = ", ".join(words_for(member, Visibility.EVERYONE))
        yield Document(**common, acl=(SIGNED_IN,), title=name, body=to_all, weight=weight)
        kept = words_for(member, Visibility.MEMBERS)
        if kept:
            yield Document(**common, part=1, acl=(VERIFIED,), title="", body=". ".join(kept), context=name, weight=0.6)

    def line(self, member: Member) -> list[str]:
        return [_("Membre"), *filter(None, [displayed(member).detail])]
