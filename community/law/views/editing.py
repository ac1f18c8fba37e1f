"""What jurists write. For everybody else these pages are absent."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.errors import Refused

from .. import actions, forms, permissions, selectors
from ..models import LegalProvision, LegalText, Obligation, Threshold


def for_jurists(view: Callable) -> Callable:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not permissions.can_edit_law(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


def edited(request: HttpRequest, form, act: Callable, *, title: str, back: str) -> HttpResponse:
    """The page of one form: `act(form)` writes, and gives where to go."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                url = act(form)
            except Refused as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _("Fiche enregistrée."))
                return redirect(url)
    context = {"form": form, "title": title, "back": resolve_url(back)}
    return render(request, "law/law_form.html", context, status=status)


def form_for(request: HttpRequest, form_class: type[forms.LawForm], obj):
    seen = actions.latest_change_id(obj) if obj.pk else None
    return form_class(request.POST or None, instance=obj, seen=seen)


@for_jurists
def legal_text_create(request: HttpRequest) -> HttpResponse:
    def act(form) -> str:
        text = actions.create_text(actor=request.user, text=form.instance, note=form.cleaned_data["why"])
        return text.get_absolute_url()

    form = form_for(request, forms.TextForm, LegalText())
    return edited(request, form, act, title=_("Ajouter un texte"), back="legal_text_list")


@for_jurists
def legal_text_edit(request: HttpRequest, slug: str) -> HttpResponse:
    text = selectors.get_text_or_404(request.user, slug)

    def act(form) -> str:
        data = form.cleaned_data
        actions.edit_text(actor=request.user, text=form.instance, note=data["why"], seen=data["seen"])
        return text.get_absolute_url()

    form = form_for(request, forms.TextForm, text)
    return edited(request, form, act, title=_("Modifier : %(name)s") % {"name": text}, back=text.get_absolute_url())


@for_jurists
def legal_text_repeal(request: HttpRequest, slug: str) -> HttpResponse:
    text = selectors.get_text_or_404(request.user, slug)

    def act(form) -> str:
        data = form.cleaned_data
        actions.repeal_text(
            actor=request.user, text=text, on=data["on"], replaced_by=data["replaced_by"], note=data["why"]
        )
        return text.get_absolute_url()

    form = forms.RepealForm(request.POST or None, successors=LegalText.objects.exclude(pk=text.pk))
    return edited(request, form, act, title=_("Abroger : %(name)s") % {"name": text}, back=text.get_absolute_url())


@for_jurists
def legal_text_restore(request: HttpRequest, slug: str) -> HttpResponse:
    text = selectors.get_text_or_404(request.user, slug)

    def act(form) -> str:
        actions.restore_text(actor=request.user, text=text, note=form.cleaned_data["why"])
        return text.get_absolute_url()

    form = forms.RestoreForm(request.POST or None)
    title = _("Remettre en vigueur : %(name)s") % {"name": text}
    return edited(request, form, act, title=title, back=text.get_absolute_url())


@for_jurists
def provision_create(request: HttpRequest, slug: str) -> HttpResponse:
    text = selectors.get_text_or_404(request.user, slug)

    def act(form) -> str:
        provision = actions.create_provision(actor=request.user, provision=form.instance, note=form.cleaned_data["why"])
        return provision.get_absolute_url()

    form = form_for(request, forms.ProvisionForm, LegalProvision(text=text))
    title = _("Ajouter un article : %(name)s") % {"name": text}
    return edited(request, form, act, title=title, back=text.get_absolute_url())


@for_jurists
def provision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    provision = selectors.get_provision_or_404(request.user, pk)

    def act(form) -> str:
        data = form.cleaned_data
        actions.edit_provision(actor=request.user, provision=form.instance, note=data["why"], seen=data["seen"])
        return provision.get_absolute_url()

    form = form_for(request, forms.ProvisionForm, provision)
    title = _("Modifier : %(name)s") % {"name": provision}
    return edited(request, form, act, title=title, back=provision.get_absolute_url())


@for_jurists
def provision_repeal(request: HttpRequest, pk: int) -> HttpResponse:
    provision = selectors.get_provision_or_404(request.user, pk)

    def act(form) -> str:
        data = form.cleaned_data
        actions.repeal_provision(
            actor=request.user, provision=provision, on=data["on"], replaced_by=data["replaced_by"], note=data["why"]
        )
        return provision.get_absolute_url()

    successors = LegalProvision.objects.select_related("text").exclude(pk=provision.pk)
    form = forms.RepealForm(request.POST or None, successors=successors)
    title = _("Abroger : %(name)s") % {"name": provision}
    return edited(request, form, act, title=title, back=provision.get_absolute_url())


@for_jurists
def threshold_create(request: HttpRequest) -> HttpResponse:
    def act(form) -> str:
        data = form.cleaned_data
        actions.create_threshold(
            actor=request.user, threshold=form.instance, provisions=data["provisions"], note=data["why"]
        )
        return "threshold_list"

    form = form_for(request, forms.ThresholdForm, Threshold())
    return edited(request, form, act, title=_("Ajouter un seuil"), back="threshold_list")


@for_jurists
def threshold_edit(request: HttpRequest, pk: int) -> HttpResponse:
    threshold = selectors.get_threshold_or_404(request.user, pk)

    def act(form) -> str:
        data = form.cleaned_data
        actions.edit_threshold(
            actor=request.user,
            threshold=form.instance,
            provisions=data["provisions"],
            note=data["why"],
            seen=data["seen"],
        )
        return "threshold_list"

    form = form_for(request, forms.ThresholdForm, threshold)
    return edited(request, form, act, title=_("Modifier : %(name)s") % {"name": threshold}, back="threshold_list")


@for_jurists
def obligation_create(request: HttpRequest) -> HttpResponse:
    def act(form) -> str:
        data = form.cleaned_data
        obligation = actions.create_obligation(
            actor=request.user,
            obligation=form.instance,
            texts=data["texts"],
            provisions=data["provisions"],
            note=data["why"],
        )
        return obligation.get_absolute_url()

    form = form_for(request, forms.ObligationForm, Obligation())
    return edited(request, form, act, title=_("Ajouter une échéance"), back="legal_calendar")


@for_jurists
def obligation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    obligation = selectors.get_obligation_or_404(request.user, slug)

    def act(form) -> str:
        data = form.cleaned_data
        actions.edit_obligation(
            actor=request.user,
            obligation=form.instance,
            texts=data["texts"],
            provisions=data["provisions"],
            note=data["why"],
            seen=data["seen"],
        )
        return obligation.get_absolute_url()

    form = form_for(request, forms.ObligationForm, obligation)
    title = _("Modifier : %(name)s") % {"name": obligation}
    return edited(request, form, act, title=title, back=obligation.get_absolute_url())
