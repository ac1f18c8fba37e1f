from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from .. import selectors

# Open to all: `wagtail_hooks` answers 404 for what the viewer may not see.
page = login_not_required(require_safe(wagtail_views.serve))


@login_not_required
@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that the product links to by name, whatever its place in the tree and its title."""
    return selectors.get_resource_or_404(request.user, slug).serve(request)


@login_not_required
@require_safe
@cache_control(private=True, max_age=3600)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    rendition = selectors.get_rendition_or_404(request.user, f"images/{name}")
    response = FileResponse(rendition.file.open("rb"))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
