from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.core.ratelimits import spend_reading

from ..actions.copy import record_copy
from ..exports.clause import Taken, document_of, read_values
from ..exports.docx import CONTENT_TYPE as DOCX
from ..exports.docx import to_docx
from ..exports.markdown import CONTENT_TYPE as MARKDOWN
from ..exports.markdown import to_markdown
from ..exports.odt import CONTENT_TYPE as ODT
from ..exports.odt import to_odt
from ..limits import EXPORT
from ..selectors.clause import get_clause_or_404, read_clause

WRITERS = {"docx": (to_docx, DOCX), "odt": (to_odt, ODT), "md": (to_markdown, MARKDOWN)}


@login_not_required
@require_safe
def clause_export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The present version as a file, variables filled as in the address."""
    if form not in WRITERS:
        raise Http404
    clause = get_clause_or_404(request.user, pk)
    spend_reading(EXPORT, request)
    page = read_clause(request.user, clause)
    taken = Taken(clause=clause, content=page.content, number=clause.version, bases=page.bases)
    write, content_type = WRITERS[form]
    response = HttpResponse(
        write(document_of(taken, values=read_values(request.GET, page.content))), content_type=content_type
    )
    name = f"{clause.reference}-{clause.slug or 'clause'}"[:80].strip("-")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-cache"
    if request.user.is_authenticated and clause.version:
        record_copy(clause=clause, actor=request.user, form=form)
    return response
