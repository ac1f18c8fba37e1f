"""How often one person, her account else her address, may have her words completed; searches are counted by core."""

from django.http import HttpRequest

from community.core.ratelimits import hit, person

MINUTE = 60
# One suggestion at most for each letter typed.
SUGGESTIONS = 150


def spend_suggestion(request: HttpRequest) -> None:
    hit("search-suggest", person(request), times=SUGGESTIONS, seconds=MINUTE)
