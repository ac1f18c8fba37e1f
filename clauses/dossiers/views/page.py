"""The page of a dossier."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.ui import number

from .. import permissions
from ..checks.freshness import has_newer
from ..forms.item import NoteForm
from ..markup import DossierMarkup
from ..models import Dossier
from ..selectors.assembled import Assembled, counted
from ..selectors.dossier import OWNER, Person, get_dossier_or_404
from ..selectors.page import DossierPage, read_dossier
from ..vocabularies import DossierRole
from . import rows

MAX_TO_FILL = 40


@require_safe
def dossier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_dossier_or_404(request.user, pk)
    page = read_dossier(request.user, dossier)
    return render(request, "dossiers/dossier_detail.html", page_context(request, dossier, page))


def page_context(request: HttpRequest, dossier: Dossier, page: DossierPage) -> dict[str, Any]:
    may_edit = dossier.my_role in (OWNER, DossierRole.EDITOR)
    assembled = page.assembled
    return {
        "dossier": dossier,
        "rights": rights_of(request.user, dossier),
        "lede": lede(dossier),
        "shared_with": shared_with(request.user, page.people),
        "documents": [
            {**document, "markup": DossierMarkup().items(document["items"])}
            for document in rows.documents(dossier, assembled.documents, page.reviews, may_edit=may_edit)
        ],
        "sourcing": sourcing_words(dossier),
        "reviews": rows.review_rows(dossier, page.reviews),
        "progress": counted(assembled.slots),
        "to_fill": to_fill(assembled),
        "findings": page.findings,
        "declared": page.declared.words,
        "obligations_query": obligations_query(dossier),
        "notes": [note_row(request.user, dossier, note) for note in page.notes],
        "note_form": NoteForm(auto_id="note_%s"),
        "has_newer": any(has_newer(item.item) for item in assembled.items if item.is_legible),
    }


def rights_of(viewer, dossier: Dossier) -> dict[str, bool]:
    """From the role that the dossier came with; the acts ask again."""
    owner = dossier.my_role == OWNER
    editor = owner or dossier.my_role == DossierRole.EDITOR
    return {"own": owner, "edit": editor, "review": editor and viewer.is_verified}


def lede(dossier: Dossier) -> str:
    parts = [dossier.need]
    if dossier.procedure:
        parts.append(dossier.get_procedure_display())
    if dossier.amount is not None:
        parts.append(_("%(amount)s € HT") % {"amount": number(dossier.amount)})
    if dossier.territory_id:
        parts.append(str(dossier.territory))
    return ", ".join(part.rstrip(".") for part in parts if part)


def shared_with(viewer, people: list[Person]) -> str:
    words = {OWNER: _("%(name)s, à qui il appartient"), "editor": _("%(name)s, qui peut modifier")}
    named = [
        words.get(each.role, _("%(name)s, qui peut lire")) % {"name": each.member}
        for each in people
        if each.member.pk != viewer.pk
    ]
    if not named:
        return _("Vous seul·e le voyez.")
    last = named.pop()
    return _("Partagé avec %(people)s.") % {"people": _(" et ").join([", ".join(named), last]) if named else last}


def sourcing_words(dossier: Dossier) -> dict[str, Any]:
    sheet = getattr(dossier, "sourcing", None)
    return {
        "questions": len(sheet.asked) if sheet else 0,
        "companies": dossier.company_count or 0,
        "last_met_on": dossier.last_met_on,
    }


def to_fill(assembled: Assembled) -> list[dict[str, Any]]:
    """The fields of the rail: what has no value yet."""
    empty = [slot for slot in assembled.slots if not slot.value]
    return [slot_row(place, slot) for place, slot in enumerate(empty[:MAX_TO_FILL])]


def slot_row(place: int, slot) -> dict[str, Any]:
    key, label, item_id = slot.slot
    unit = slot.row.get("unit", "")
    return {
        "place": place,
        "key": key,
        "label": label,
        "item": item_id or "",
        "words": f"{label[:1].upper()}{label[1:]}" + (f" ({unit})" if unit else ""),
        "numbers": ", ".join(slot.numbers[:4]),
        "usual": slot.row.get("default", ""),
        "guidance": slot.row.get("guidance", ""),
        "value": slot.value,
    }


def obligations_query(dossier: Dossier) -> str:
    """What the checker of obligations may already know."""
    known = {
        "nature": dossier.nature,
        "montant": f"{dossier.amount:.0f}" if dossier.amount is not None else "",
        "acheteur": dossier.buyer,
        "famille": dossier.family.code if dossier.family_id else "",
        "duree": str(dossier.duration_months or ""),
        "lancement": dossier.launch_on.isoformat() if dossier.launch_on else "",
    }
    return urlencode({name: value for name, value in known.items() if value})


def note_row(viewer, dossier: Dossier, note) -> dict[str, Any]:
    note.dossier = dossier
    return {
        "pk": note.pk,
        "author": str(note.author),
        "text": note.text,
        "moment": note.created_at,
        "may_remove": note.author_id == viewer.pk or permissions.can_own_dossier(viewer, dossier),
    }
