"""The kinds « clause », « clause_version » and « clause_suggestion »; « CL-0318 » in a text ties the two, both ways."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.core import contents
from community.core.contents import ContentKind, DisplayedAuthor
from community.members.display import displayed

from . import permissions
from .actions import mend
from .actions.state import hide_clause
from .addresses import clause_url, suggestion_url, version_url
from .content import REFERENCE
from .models import Clause, ClauseVersion, EditSuggestion
from .querysets import readers_of_clause, readers_of_suggestion
from .selectors import rows

CARD = "clauses/_card.html"


def register_kinds() -> None:
    for kind in (clause_kind(), version_kind(), suggestion_kind()):
        contents.register(kind)
    contents.register_recogniser(cited_in)


def cited_in(text: str) -> Iterable[tuple[str, int]]:
    """The clauses that a text names by their reference, among those that exist."""
    pks = {int(found[1]) for found in REFERENCE.finditer(text)}
    return [("clause", pk) for pk in Clause.objects.filter(pk__in=pks).values_list("pk", flat=True)] if pks else []


def clause_author(clause: Clause) -> DisplayedAuthor:
    return displayed(clause.author, clause.naming)


def version_author(version: ClauseVersion) -> DisplayedAuthor:
    """Its contributor signs as she chose; who edits afterwards signs with a name."""
    same = version.author_id == version.clause.author_id
    return displayed(version.author, version.clause.naming if same else "name")


def hide(clause: Clause, *, actor, reason: str) -> None:
    hide_clause(clause=clause, actor=actor, reason=reason)


def clause_kind() -> ContentKind:
    return ContentKind(
        name="clause",
        is_prepared=True,
        label=_("Clause"),
        icon="file-text",
        model=Clause,
        visible_to=lambda viewer: Clause.objects.visible_to(viewer),
        can_view=permissions.can_view_clause,
        readers=readers_of_clause,
        can_moderate=permissions.can_moderate,
        displayed_author=clause_author,
        recipient=lambda clause: clause.author,
        title=lambda clause: clause.title,
        url=clause_url,
        space_id=lambda clause: clause.space_id,
        card_template=CARD,
        card_related=("author__organisation", "space", "family__parent"),
        details=rows.details,
        text_fields=("title", "summary", "plain_text"),
        url_names=("clause_detail",),
        hide=hide,
        mend=lambda clause, *, actor, mending: mend.mend_clause(clause=clause, actor=actor, mending=mending),
        mendable_by=lambda member: Clause.objects.mendable_by(member),
        mended_texts=mend.texts_of,
    )


def version_kind() -> ContentKind:
    """What a notification of a version leads to: each version is told once."""
    return ContentKind(
        name="clause_version",
        is_prepared=True,
        label=_("Version de clause"),
        icon="history",
        model=ClauseVersion,
        visible_to=lambda viewer: ClauseVersion.objects.visible_to(viewer),
        can_view=lambda viewer, version: permissions.can_view_clause(viewer, version.clause),
        readers=lambda version, members: readers_of_clause(version.clause, members),
        can_moderate=lambda viewer, version: permissions.can_moderate(viewer, version.clause),
        displayed_author=version_author,
        recipient=lambda version: version.author,
        title=lambda version: (
            gettext("« %(title)s », version %(number)d") % {"title": version.clause.title, "number": version.number}
        ),
        url=lambda version: version_url(version.clause_id, version.number),
        space_id=lambda version: version.clause.space_id,
        card_related=("author__organisation", "clause__space", "clause__family__parent"),
    )


def suggestion_kind() -> ContentKind:
    return ContentKind(
        name="clause_suggestion",
        is_prepared=True,
        label=_("Proposition de modification"),
        icon="pencil",
        model=EditSuggestion,
        visible_to=lambda viewer: EditSuggestion.objects.visible_to(viewer),
        can_view=permissions.can_view_suggestion,
        readers=readers_of_suggestion,
        can_moderate=lambda viewer, suggestion: permissions.can_moderate(viewer, suggestion.clause),
        displayed_author=lambda suggestion: displayed(suggestion.author),
        recipient=lambda suggestion: suggestion.author,
        title=lambda suggestion: (
            gettext("Modification proposée sur « %(title)s »") % {"title": suggestion.clause.title}
        ),
        url=suggestion_url,
        space_id=lambda suggestion: suggestion.clause.space_id,
        card_related=("author__organisation", "clause__space", "clause__family__parent"),
        text_fields=("message",),
        url_names=("clause_suggestion",),
    )
