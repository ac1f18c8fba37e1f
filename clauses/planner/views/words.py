"""A planned row in words: states, delays, links. Templates only lay them out."""

from datetime import date
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clauses.planner.milestones import REASONS, Milestone
from clauses.planner.selectors.board import Cell, Line
from clauses.planner.selectors.purchases import PlannedRow
from clauses.planner.social import buyer_of
from clauses.planner.vocabularies import Step
from community.core import ui
from community.core.addresses import address
from community.law.obligations.words import euros

ICONS = {
    Step.SOURCE: "search",
    Step.FACILITATOR: "heart-handshake",
    Step.OBLIGATIONS: "shield-check",
    Step.LAUNCH: "send",
}
TONES = {Step.SOURCE: "info", Step.FACILITATOR: "warning", Step.OBLIGATIONS: "success", Step.LAUNCH: "action"}
WEEKS_FROM, MONTHS_FROM = 60, 100
SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)


def row_words(row: PlannedRow) -> dict[str, Any]:
    purchase, step = row.purchase, row.next_step
    family = purchase.family
    return {
        "row": row,
        "purchase": purchase,
        "anchor": f"achat-{purchase.pk}",
        "url": row.url,
        "family": {"label": family.label, "slug": (family.parent or family).swatch} if family else None,
        "amount": euros(purchase.amount) if purchase.amount is not None else "",
        "people": people_words(row),
        "lines": [line_words(row, each) for each in row.milestones],
        "next": line_words(row, step) if step else None,
        "late": max((-each.days_left(row.today) for each in row.late), default=0),
        "duty": duty_words(row),
        "check_url": check_url(row),
        "dossier": dossier_words(row),
    }


def line_words(row: PlannedRow, step: Milestone) -> dict[str, Any]:
    """State of the drawing (`in-force`, `soon`, `later`), tone, icon and words of one step."""
    if step.done_on:
        state, tone, icon, words = "in-force", "success", "check", _("Fait")
    elif step.is_passed:
        state, tone, icon, words = "in-force", "", "check", _("Passé")
    elif step.is_late(row.today):
        state, tone, icon, words = "soon", "danger", "clock", late_words(-step.days_left(row.today))
    else:
        is_near = step.is_pressing(row.today)
        state, tone, icon = "soon" if is_near else "later", "warning" if is_near else "info", "calendar"
        words = wait_words(step.days_left(row.today))
    return {
        "step": step.step.value,
        "title": step.step.label,
        "due_on": step.due_on,
        "done_on": step.done_on,
        "is_open": step.is_open,
        "state": state,
        "tone": tone,
        "icon": icon,
        "words": words,
        "why": row.notes.get(step.step.value) or REASONS[step.step],
        "act": act_of(row, step),
    }


def year_words(line: Line, words: dict[str, Any]) -> dict[str, Any]:
    """One line of the year: the marks of each month, each with what it says aloud."""
    return {"words": words, "cells": [marks_of(line.row, cell) for cell in line.cells]}


def marks_of(row: PlannedRow, cell: Cell) -> list[dict[str, str]]:
    marks = []
    for step in cell.milestones:
        label = str(step.step.label)
        if step.done_on:
            marks.append({"tone": "", "icon": "check", "words": _("%(step)s, fait") % {"step": label}})
        elif step.is_late(row.today):
            said = _("%(step)s, en retard") % {"step": label}
            marks.append({"tone": "danger", "icon": ICONS[step.step], "words": said})
        else:
            marks.append({"tone": TONES[step.step], "icon": ICONS[step.step], "words": label})
    if cell.starts:
        marks.append({"tone": "", "icon": "refresh-cw", "words": _("Début du marché")})
    return marks


def month_words(months: list[date]) -> list[tuple[date, str]]:
    """Each month with its short name; the year with the first and with January."""
    return [
        (month, SHORT_MONTHS[month.month - 1] + (f" {month.year}" if rank == 0 or month.month == 1 else ""))
        for rank, month in enumerate(months)
    ]


def late_words(days: int) -> str:
    if days == 1:
        return _("En retard d’un jour")
    return _("En retard de %(count)s jours") % {"count": ui.number(days)}


def wait_words(days: int) -> str:
    if days == 0:
        return _("Aujourd’hui")
    if days == 1:
        return _("Demain")
    if days < WEEKS_FROM:
        return _("Dans %(count)d jours") % {"count": days}
    if days < MONTHS_FROM:
        return _("Dans %(count)d semaines") % {"count": days // 7}
    return _("Dans %(count)d mois") % {"count": round(days / 30.4)}


def act_of(row: PlannedRow, step: Milestone) -> dict[str, str] | None:
    """The one thing to do for a step; without a dossier, the page of the purchase, which opens one."""
    dossier = dossier_words(row) or {}
    acts = {
        Step.FACILITATOR: (_("Faire calibrer"), dossier.get("ask_url") or row.url),
        Step.OBLIGATIONS: (_("Vérifier"), check_url(row)),
        Step.SOURCE: (_("Fiche de sourcing"), dossier.get("sourcing_url", "")),
    }
    label, url = acts.get(step.step, ("", ""))
    return {"label": label, "url": url} if url and step.is_open and not row.is_closed else None


def people_words(row: PlannedRow) -> str:
    """« Vous et Mathieu Oriol »; a row of somebody else says whose it is."""
    shares = [share for share in row.purchase.shares.all() if row.may_own or row.role]
    names = [str(share.member) for share in shares]
    if not row.may_own:
        return _("Partagé par %(owner)s") % {"owner": row.purchase.owner}
    if not names:
        return _("Vous uniquement")
    if len(names) > 3:
        more = ngettext("%(count)d autre", "%(count)d autres", len(names) - 2) % {"count": len(names) - 2}
        names = [*names[:2], more]
    return _("Vous, %(names)s") % {"names": ", ".join(names)}


def duty_words(row: PlannedRow) -> dict[str, str] | None:
    """What the law asks of its amount, as sure as the checker is."""
    duty, amount = row.duty, row.purchase.amount
    if amount is None or duty.threshold is None or row.is_closed:
        return None
    said = {"amount": euros(amount), "threshold": euros(duty.threshold)}
    if duty.is_sure:
        return {
            "title": _("%(amount)s atteignent %(threshold)s : une condition sociale s’imposera") % said,
            "tone": "warning",
        }
    if duty.is_likely:
        return {"title": _("%(amount)s : une condition sociale s’imposera sans doute, à vérifier") % said, "tone": ""}
    return None


def check_url(row: PlannedRow) -> str:
    """« Vérifier mes obligations » with what is known of the purchase."""
    base = address("obligations")
    purchase = row.purchase
    known = {
        "nature": purchase.nature,
        "montant": f"{purchase.amount:f}".replace(".", ",") if purchase.amount is not None else "",
        "acheteur": buyer_of(purchase.owner) or "",
        "famille": purchase.family.code if purchase.family else "",
        "lancement": iso(row.launch),
    }
    return f"{base}?{urlencode({name: value for name, value in known.items() if value})}"


def iso(day: date) -> str:
    return day.isoformat()


def dossier_words(row: PlannedRow) -> dict[str, str] | None:
    """The dossier of the purchase, when the viewer reads it; `ask_url` when she may ask for a calibration."""
    if row.dossier is None:
        return None
    pk = row.dossier.pk
    may_ask = row.dossier.my_role in ("owner", "editor")
    return {
        "title": row.dossier.title,
        "url": address("dossier_detail", pk=pk),
        "sourcing_url": address("sourcing_sheet", pk=pk),
        "ask_url": address("calibration_ask", dossier_pk=pk) if may_ask else "",
    }
