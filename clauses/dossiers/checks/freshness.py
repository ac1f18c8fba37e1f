"""What moved since the texts were taken, and what is still to write in them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clauses.library.figures import stands_outside
from clauses.library.vocabularies import READABLE_STATES, ClauseState, LegalState
from community.law.states import LawState

from .case import Case, Finding, Tone, finding

OUT = (LawState.REPEALED, LawState.REPLACED)


def check_repealed(case: Case) -> Iterator[Finding]:
    """One line a text out of force on the day of the launch, with what took its place."""
    by_key: dict[tuple[str, int], list] = {}
    for item in case.items:
        for kind, pk, *_how in item.item.cited:
            by_key.setdefault((kind, pk), []).append(item)
    for key, items in by_key.items():
        cited = case.facts.cited.get(key)
        if cited is None or state_of(cited, case.facts.day) not in OUT:
            continue
        label = name_of(cited)
        why = _("Vérifiez le texte, puis retirez ou remplacez la citation.")
        if cited.replaced_by is not None:
            why = _("Il est remplacé par %(other)s : vérifiez le texte, puis mettez la citation à jour.") % {
                "other": name_of(cited.replaced_by)
            }
        title = _("Un texte cité n’est plus en vigueur : %(label)s") % {"label": label}
        yield finding("repealed", Tone.WARNING, title, why, law=((label, cited.get_absolute_url()),), items=items)


def state_of(cited, day) -> str:
    """A provision is out of force with its text, even when nobody marked it so."""
    own = cited.state_on(day)
    text = getattr(cited, "text", None)
    return own if own in OUT or text is None else text.state_on(day)


def name_of(cited) -> str:
    return cited.label if hasattr(cited, "label") else cited.short_title


def check_versions(case: Case) -> Iterator[Finding]:
    changed = [item for item in case.items if has_newer(item.item)]
    if changed:
        title = ngettext(
            "Une clause a changé depuis son ajout", "%(count)d clauses ont changé depuis leur ajout", len(changed)
        ) % {"count": len(changed)}
        why = _("Le dossier garde ce qu’il a pris tant que vous ne changez rien : regardez ce qui diffère.")
        yield finding("version", Tone.WARNING, title, why, items=changed)


def has_newer(item) -> bool:
    """A later version that the team has not seen and put aside."""
    if item.clause is None or item.taken_version is None or item.clause.state not in READABLE_STATES:
        return False
    return item.clause.version > max(item.taken_version, item.kept_version or 0)


def check_withdrawn(case: Case) -> Iterator[Finding]:
    """What the library no longer advises."""
    for item in case.items:
        clause = item.item.clause
        if clause is None or clause.hidden_at is not None or clause.state == ClauseState.ARCHIVED:
            if item.item.is_own:
                continue
            title = _("Une clause n’est plus dans la bibliothèque")
            why = _("Le dossier garde son texte ; relisez-le avec votre juriste avant de publier.")
            yield finding("withdrawn", Tone.ADVICE, title, why, items=[item])
        elif clause.state == ClauseState.OBSOLETE or clause.legal_state == LegalState.OBSOLETE:
            title = _("Une clause est devenue obsolète")
            why = _("La bibliothèque ne la conseille plus : voyez sur sa page ce qui la remplace.")
            yield finding("obsolete", Tone.WARNING, title, why, items=[item])
        elif clause.legal_state == LegalState.TO_REVIEW:
            title = _("Une clause est à revoir")
            why = _("Un texte qu’elle cite a bougé, ou sa date de relecture est passée.")
            yield finding("to_review", Tone.ADVICE, title, why, items=[item])


def check_variables(case: Case) -> Iterator[Finding]:
    empty = [slot for slot in case.assembled.slots if not slot.value]
    if empty:
        title = ngettext("Une variable à renseigner", "%(count)d variables à renseigner", len(empty)) % {
            "count": len(empty)
        }
        items = [item for item in case.items if item.missing]
        why = _("Ce qui reste entre crochets partirait tel quel dans le marché.")
        yield finding("variables", Tone.ADVICE, title, why, items=items)


def check_bounds(case: Case) -> Iterator[Finding]:
    """As on the page of the clause: said, never refused."""
    beyond = {item.pk: labels for item in case.items if (labels := labels_beyond(item))}
    if not beyond:
        return
    labels = list(dict.fromkeys(label for each in beyond.values() for label in each))
    title = ngettext(
        "Une valeur est hors des valeurs courantes",
        "%(count)d valeurs sont hors des valeurs courantes",
        len(labels),
    ) % {"count": len(labels)}
    why = _("%(labels)s : voyez sur la page de la clause ce qui guide le choix, ou gardez votre valeur et sa raison.")
    named = ", ".join(f"« {label} »" for label in labels[:5]) + (" …" if len(labels) > 5 else "")
    items = [item for item in case.items if item.pk in beyond]
    yield finding("bounds", Tone.ADVICE, title, why % {"labels": named}, items=items)


def labels_beyond(item) -> list[str]:
    return [
        row["label"]
        for row in item.item.variables
        if stands_outside(item.values.get(row["key"], ""), row.get("minimum", ""), row.get("maximum", ""))
    ]
