"""Requests of calibration: the list of each side, the page of one, its acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clauses.calibration import permissions
from clauses.calibration.actions.answer import answer_calibration, decline_calibration, join_answer
from clauses.calibration.actions.ask import withdraw_calibration
from clauses.calibration.actions.follow import mark_awarded, tell_hours, withdraw_entry
from clauses.calibration.forms.answer import AnswerForm, AwardForm, DeclineForm, HoursEntryForm, moment_of
from clauses.calibration.models import CalibrationRequest
from clauses.calibration.selectors.requests import get_calibration_or_404, hours_of, received, sent, totals
from clauses.calibration.vocabularies import State
from clauses.dossiers.permissions import can_view_dossier
from community.core.addresses import address
from community.core.errors import Refused
from community.core.form_pages import add_refusal, done, render_form
from community.law.obligations.words import euros
from community.members.display import displayed

TONES = {State.SENT: "warning", State.ANSWERED: "success", State.DECLINED: "danger", State.WITHDRAWN: ""}


@require_safe
def calibration_list(request: HttpRequest) -> HttpResponse:
    """What the member is asked, and what is asked for the dossiers she reads."""
    context = {
        "received": [line_of(each) for each in received(request.user)],
        "sent": [line_of(each) for each in sent(request.user)],
        "may_confirm": permissions.can_confirm_facilitators(request.user),
    }
    return render(request, "calibration/calibration_list.html", context)


def line_of(request: CalibrationRequest) -> dict[str, Any]:
    planned, done_hours = totals(hours_of(request))
    return {
        "request": request,
        "url": address("calibration_detail", pk=request.pk),
        "state": request.get_state_display(),
        "tone": TONES[request.state],
        "requester": displayed(request.requester),
        "planned": planned,
        "done": done_hours,
    }


@require_safe
def calibration_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return detail(request, get_calibration_or_404(request.user, pk))


def detail(
    request: HttpRequest,
    asked: CalibrationRequest,
    *,
    form: forms.Form | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    """`form` is the one that was sent and given back; the others are fresh."""
    context = {
        **told_of(asked),
        **rights_on(request.user, asked),
        **forms_for(request.user, asked, form),
        # The asked read the request, not the dossier: no link to it is theirs.
        "dossier_url": address("dossier_detail", pk=asked.dossier_id)
        if can_view_dossier(request.user, asked.dossier)
        else "",
        "breadcrumb": [
            {"label": _("Calibrages"), "url": address("calibration_list")},
            {"label": asked.title, "url": ""},
        ],
    }
    return render_form(request, "calibration/calibration_detail.html", context, form or forms.Form(), refusal)


def told_of(asked: CalibrationRequest) -> dict[str, Any]:
    """What every reader of the request reads of it."""
    hours = hours_of(asked)
    planned, done_hours = totals(hours)
    return {
        "asked": asked,
        "hours": hours,
        "planned": planned,
        "done": done_hours,
        "lots": [(lot, euros(lot.amount) if lot.amount is not None else "") for lot in asked.lots.all()],
        "requester": displayed(asked.requester),
        "facilitator": displayed(asked.facilitator) if asked.facilitator else None,
        "answered_by": displayed(asked.answered_by) if asked.answered_by else None,
        "tone": TONES[asked.state],
    }


def rights_on(user, asked: CalibrationRequest) -> dict[str, bool]:
    return {
        "may_withdraw": permissions.can_withdraw_calibration(user, asked),
        "may_join": permissions.can_join_answer(user, asked) and asked.joined_at is None,
        "may_follow": permissions.can_follow_hours(user, asked),
    }


def forms_for(user, asked: CalibrationRequest, sent_form: forms.Form | None) -> dict[str, forms.Form | None]:
    """Those of the acts that are the reader's: the one that was sent and given back, the others fresh."""

    def own(kind: type[forms.Form], **kwargs) -> forms.Form:
        return sent_form if isinstance(sent_form, kind) else kind(**kwargs)

    may_answer = permissions.can_answer_calibration(user, asked)
    may_follow = permissions.can_follow_hours(user, asked)
    dates = {"awarded_on": asked.awarded_on, "ends_on": asked.ends_on}
    return {
        "answer_form": own(AnswerForm, request=asked) if may_answer else None,
        "decline_form": own(DeclineForm) if may_answer and asked.state == State.SENT else None,
        "award_form": own(AwardForm, initial=dates) if may_follow else None,
        "entry_form": own(HoursEntryForm, request=asked) if may_follow and asked.awarded_on else None,
    }


def act(
    request: HttpRequest, asked: CalibrationRequest, form: forms.Form, run: Callable[[dict], Any], said: str
) -> HttpResponse:
    """One act of the page: done, or the page given back with what was typed."""
    refusal = None
    if form.is_valid():
        try:
            run(form.cleaned_data)
        except Refused as refused:
            refusal = refused
            add_refusal(form, refused)
            if isinstance(form, AnswerForm):
                asked = shown_again(request, asked, form)
        else:
            return done(request, address("calibration_detail", pk=asked.pk), said)
    return detail(request, asked, form=form, refusal=refusal)


def shown_again(request: HttpRequest, asked: CalibrationRequest, form: AnswerForm) -> CalibrationRequest:
    """After somebody else's answer the page shows that one beside what was typed: sending again writes over it
    knowingly. A request taken back meanwhile is shown as it was, for the sake of what was typed.
    """
    try:
        asked = get_calibration_or_404(request.user, asked.pk)
    except Http404:
        return asked
    form.data = form.data.copy()
    form.data["answered_at"] = moment_of(asked)
    return asked


@require_POST
def calibration_answer(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_answer_calibration(request.user, asked))
    form = AnswerForm(request.POST, request=asked)

    def run(told: dict) -> None:
        texts = {name: told[name] for name in ("publics", "wording", "note")}
        answer_calibration(
            actor=request.user, request=asked, hours=form.hours(), read_answer=told["answered_at"], **texts
        )

    return act(request, asked, form, run, _("Votre réponse est transmise."))


@require_POST
def calibration_decline(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_answer_calibration(request.user, asked))
    return act(
        request,
        asked,
        DeclineForm(request.POST),
        lambda told: decline_calibration(actor=request.user, request=asked, note=told["note"]),
        _("La demande est déclinée : la personne qui l’a faite en est avertie."),
    )


@require_POST
def calibration_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_withdraw_calibration(request.user, asked))
    withdraw_calibration(actor=request.user, request=asked)
    return done(request, address("calibration_detail", pk=asked.pk), _("La demande est retirée."))


@require_POST
def calibration_join(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_join_answer(request.user, asked))
    join_answer(actor=request.user, request=asked)
    return done(request, address("calibration_detail", pk=asked.pk), _("La réponse est dans le dossier."))


@require_POST
def calibration_award(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_follow_hours(request.user, asked))
    return act(
        request,
        asked,
        AwardForm(request.POST),
        lambda told: mark_awarded(actor=request.user, request=asked, **told),
        _("Le suivi des heures est ouvert."),
    )


@require_POST
def calibration_hours(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_follow_hours(request.user, asked))
    form = HoursEntryForm(request.POST, request=asked)

    def run(told: dict) -> None:
        lot = next(each for each in asked.lots.all() if each.pk == told["lot"])
        lot.request = asked
        entry = {name: told[name] for name in ("until", "hours", "note", "client_token")}
        tell_hours(actor=request.user, lot=lot, **entry)

    return act(request, asked, form, run, _("Heures relevées."))


@require_POST
def calibration_entry_withdraw(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """A line that one told, taken back; one that is not there is as good as taken back."""
    asked = get_calibration_or_404(request.user, pk)
    permissions.require(permissions.can_follow_hours(request.user, asked))
    for lot in asked.lots.all():
        for entry in lot.entries.all():
            if entry.pk == entry_pk:
                entry.lot, lot.request = lot, asked
                withdraw_entry(actor=request.user, entry=entry)
    return done(request, address("calibration_detail", pk=asked.pk), _("Le relevé est retiré."))
