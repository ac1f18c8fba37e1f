from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context: what broke may be the session or the database."""
    from django.template.loader import get_template

    return HttpResponse(get_template("500.html").template.render(_empty()), status=500)


def _empty():
    from django.template import Context

    return Context({})
