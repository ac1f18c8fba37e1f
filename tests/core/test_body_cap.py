"""What is too large is refused before it is kept."""

import asyncio

import pytest
from django.core.asgi import get_asgi_application

from community.asgi import application
from community.core.body_cap import BodyCap

MOST = 1000


@pytest.fixture(autouse=True)
def small_cap(settings):
    settings.UPLOAD_MAX_REQUEST_BYTES = MOST


async def echo(scope, receive, send) -> None:
    """An application that reads the whole body before it answers, as Django's does."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def ask(app, *chunks: bytes, announced: int | None = None) -> tuple[int, int]:
    """The status, and how many chunks were read."""
    length = [] if announced is None else [(b"content-length", str(announced).encode())]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": length}
    waiting = [
        {"type": "http.request", "body": chunk, "more_body": rank < len(chunks)} for rank, chunk in enumerate(chunks, 1)
    ]
    sent: list[dict] = []

    async def receive() -> dict:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(BodyCap(app)(scope, receive, send))
    return sent[0]["status"], len(chunks) - len(waiting)


def test_a_length_above_the_cap_is_refused_without_reading():
    assert ask(echo, b"x" * 10, announced=MOST + 1) == (413, 0)


@pytest.mark.parametrize("announced", [MOST, None])
def test_what_is_within_the_cap_comes_in_whole(announced):
    assert ask(echo, b"x" * 600, b"x" * 400, announced=announced) == (200, 2)


@pytest.mark.parametrize("announced", [None, 10])
def test_a_body_that_passes_the_cap_unannounced_is_cut_off(announced):
    status, read = ask(echo, b"x" * 600, b"x" * 600, b"x" * 600, announced=announced)
    assert (status, read) == (413, 2)


def test_the_application_of_the_site_is_capped():
    assert isinstance(application.application_mapping["http"], BodyCap)
    assert ask(get_asgi_application(), b"x", announced=MOST + 1) == (413, 0)


def test_sockets_are_not_counted():
    seen = []

    async def app(scope, receive, send) -> None:
        seen.append(scope["type"])

    asyncio.run(BodyCap(app)({"type": "websocket", "headers": []}, None, None))
    assert seen == ["websocket"]
