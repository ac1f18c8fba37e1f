import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import TooOften
from community.core.models import Attachment

from . import storage
from .actions import store_upload
from .errors import UploadError
from .selectors import get_attachment_or_404

# The location nginx keeps to itself (`internal`), in front of UPLOADS_ROOT.
INTERNAL_PREFIX = "/_fichiers/"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})$", re.ASCII)
_SHOWN_IN_PLACE = ("image/", "application/pdf")


@require_POST
def attachment_upload(request: HttpRequest) -> HttpResponse:
    """One file by `fetch`; forms without JavaScript send theirs with the text."""
    uploaded = request.FILES.get("file")
    if uploaded is None:
        return JsonResponse({"error": _("Choisissez un fichier à joindre.")}, status=422)
    try:
        attachment = store_upload(actor=request.user, uploaded_file=uploaded)
    except UploadError as error:
        return JsonResponse({"error": error.message}, status=error.status)
    except TooOften as error:
        headers = {"Retry-After": str(error.retry_after)}
        return JsonResponse({"error": error.message}, status=error.status, headers=headers)
    return JsonResponse(
        {
            "token": attachment.token,
            "name": attachment.name,
            "url": attachment.url,
            "markdown": attachment.markdown,
        },
        status=201,
    )


# Open because what is open to read shows its pictures; the selector decides for each file.
@login_not_required
@require_safe
def attachment(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """The file, if its content may be read. Nothing of the request is looked at before that."""
    found = get_attachment_or_404(request.user, token)
    # A file never changes under its token, so the token names its state; a digest would be an oracle.
    etag = f'"{found.token}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _with_headers(HttpResponse(status=304), found, etag)
    if settings.UPLOADS_HANDED_BY == "nginx":
        response = HttpResponse(content_type=found.content_type)
        response["X-Accel-Redirect"] = INTERNAL_PREFIX + found.path
        return _with_headers(response, found, etag)
    return _with_headers(_file_response(request, found, etag), found, etag)


def _file_response(request: HttpRequest, found: Attachment, etag: str) -> HttpResponse:
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    start, end = _range(wanted, found.size)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    length = end - start + 1
    body = b"" if request.method == "HEAD" else storage.read(found.path, start, length)
    response = HttpResponse(body, content_type=found.content_type)
    response["Content-Length"] = str(length)
    if length < found.size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{found.size}"
    return response


def _range(header: str, size: int) -> tuple[int, int]:
    """First and last byte to send: the whole file unless one plain range is asked; (1, 0) when it lies outside."""
    match = _RANGE.match(header)
    if not match or not (match[1] or match[2]):
        return 0, size - 1
    if not match[1]:
        return max(size - int(match[2]), 0), size - 1 if int(match[2]) else -1
    start = int(match[1])
    end = min(int(match[2]), size - 1) if match[2] else size - 1
    if start >= size:
        return 1, 0
    # A range that ends before it begins is no range at all: the whole is sent.
    return (start, end) if start <= end else (0, size - 1)


def _with_headers(response: HttpResponse, found: Attachment, etag: str) -> HttpResponse:
    in_place = found.content_type.startswith(_SHOWN_IN_PLACE)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    # Kept by the reader's own browser, and asked again each time: a right may end.
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _policy(found)
    response["Content-Disposition"] = content_disposition_header(not in_place, found.name) or "inline"
    return response


def _policy(found: Attachment) -> str:
    if found.content_type == "application/pdf":
        # Browsers' own PDF readers refuse to open in a sandbox.
        return "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return "default-src 'none'; sandbox; frame-ancestors 'none'"
