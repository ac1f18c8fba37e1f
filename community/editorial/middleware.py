from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect

from community.core.middleware import is_cms
from community.core.prepared import Prepared

from .models import BasePage
from .querysets import closed_space_paths, is_under

# How Wagtail's addresses name the pages that they act on.
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
# The comparison of two versions, and what the menu of pages reads.
BY_PK = ("wagtailadmin_pages:", "wagtailadmin_api:pages:")


_any_redirect = Prepared(lambda: Redirect.objects.values_list("pk")[:1])


class RedirectsMiddleware(RedirectMiddleware):
    """Wagtail's looks for the site twice, then for the address twice, on each page that is not found: a third of the
    time of such a page, which robots ask for all day. Nothing is looked for while editors have redirected nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or not _any_redirect.rows():
            return response
        return super().process_response(request, response)


class ClosedPagesMiddleware:
    """In /cms/, every address of a page of a space that the user does not read is absent: edit, draft, history,
    comparison, copy, move, privacy, workflow. Wagtail's hooks know only some of these acts.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> None:
        if not is_cms(request) or not request.user.is_authenticated:
            return
        keys = {view_kwargs[name] for name in PAGE_ARGUMENTS if name in view_kwargs}
        if request.resolver_match.view_name.startswith(BY_PK) and "pk" in view_kwargs:
            keys.add(view_kwargs["pk"])
        if not keys:
            return
        closed = closed_space_paths(request.user)
        paths = BasePage._base_manager.filter(pk__in=keys).values_list("path", flat=True) if closed else []
        if any(is_under(path, closed) for path in paths):
            raise Http404
