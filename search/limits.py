"""How often one person may search: her account, else her address."""

from django.http import HttpRequest

from community.core.ratelimits import hit, person

MINUTE = 60
SEARCHES = 30
VISITOR_SEARCHES = 15
# One suggestion at most for each letter typed.
SUGGESTIONS = 150


def spend_search(request: HttpRequest) -> None:
    times = SEARCHES if request.user.is_authenticated else VISITOR_SEARCHES
    hit("search", person(request), times=times, seconds=MINUTE)


def spend_suggestion(request: HttpRequest) -> None:
    hit("search-suggest", person(request), times=SUGGESTIONS, seconds=MINUTE)
