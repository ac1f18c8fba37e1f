"""Leaving with the dossier: a form that says what, and the file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from community.core.errors import Refused
from community.core.form_pages import add_refusal, render_form, sent

from ..actions.export import take_away
from ..exports.choice import Content, FileForm, Split
from ..exports.files import File, write_file
from ..forms.export import ExportForm
from ..selectors.assembled import assemble
from ..selectors.dossier import get_dossier_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reads the dossier takes it away; `format`, `contenu` and `decoupage` in the address choose beforehand."""
    dossier = get_dossier_or_404(request.user, pk)
    assembled = assemble(request.user, dossier)
    form = ExportForm(sent(request), documents=assembled.documents, initial=initial_of(request))
    refusal = None
    if form.is_bound and form.is_valid():
        choice = form.choice()
        documents = choice.documents if choice.content == Content.CONTRACT else ()
        try:
            take_away(assembled=assembled, actor=request.user, form=choice.form, documents=documents)
        except Refused as caught:
            refusal = caught
            add_refusal(form, caught)
        else:
            return file_response(write_file(assembled, choice))
    return render_form(request, "dossiers/dossier_export.html", {"dossier": dossier}, form, refusal)


def initial_of(request: HttpRequest) -> dict[str, str]:
    asked = (("format", "format", FileForm), ("contenu", "content", Content), ("decoupage", "split", Split))
    return {name: value for key, name, known in asked if (value := request.GET.get(key)) in known.values}


def file_response(file: File) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response
