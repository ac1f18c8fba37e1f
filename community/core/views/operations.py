"""What the operator's staff sees of background work, and the pages machines read."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from community.core.jobs import actions, selectors


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: says whether this process reaches its database, and nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})


@login_not_required
@cache_control(public=True, max_age=86400)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "core/robots.txt", content_type="text/plain; charset=utf-8")


@login_not_required
@cache_control(public=True, max_age=86400)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by this name on pages that declare no icon."""
    return redirect(static("icons/favicon.svg"))


def require_staff(request: HttpRequest) -> None:
    if not request.user.is_staff:
        raise Http404


@never_cache
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    require_staff(request)
    return render(
        request, "core/task_list.html", {"tasks": selectors.dead_letters(), "figures": selectors.queue_figures()}
    )


@require_POST
def task_requeue(request: HttpRequest, task_id) -> HttpResponse:
    require_staff(request)
    actions.requeue_task(task_id=task_id, actor=request.user)
    return redirect("task_list")


@require_POST
def task_discard(request: HttpRequest, task_id) -> HttpResponse:
    require_staff(request)
    actions.discard_task(task_id=task_id, actor=request.user)
    return redirect("task_list")
