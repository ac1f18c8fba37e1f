"""The open data of the library: a page that presents it, two files and their schema."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.library.limits import DATA
from clauses.library.opendata import writing
from clauses.library.opendata.records import last_published, public_clauses
from clauses.library.opendata.schema import FIELDS, VERSION
from community.core.ratelimits import spend_reading


@login_not_required
@require_safe
def clause_data(request):
    return render(
        request,
        "clauses/clause_data.html",
        {
            "count": public_clauses().count(),
            "updated_at": last_published(),
            "fields": FIELDS,
            "schema_version": VERSION,
            "attribution": writing.ATTRIBUTION,
        },
    )


@login_not_required
@require_safe
def clause_data_csv(request):
    spend_reading(DATA, request)
    return _file(writing.csv_lines(), "text/csv; charset=utf-8", "clauses.csv")


@login_not_required
@require_safe
def clause_data_json(request):
    spend_reading(DATA, request)
    return _file(writing.json_pieces(), "application/json", "clauses.json")


@login_not_required
@require_safe
def clause_data_schema(request):
    return _open(HttpResponse(writing.schema_text(), content_type="application/json"))


def _file(pieces, content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(response)


def _open(response):
    """Read from other sites' pages too; never kept by a cache, so that what is hidden leaves at once."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response
