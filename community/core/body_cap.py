"""A request too large is refused before anything keeps it: Django's ASGI handler writes a body whole to disk before any
middleware is asked.
"""

from django.conf import settings

TOO_LARGE = "La demande est trop lourde : joignez des fichiers moins lourds, ou moins à la fois.".encode()


class BodyCap:
    """ASGI: 413 on an announced length above `UPLOAD_MAX_REQUEST_BYTES`, without reading a byte; an unannounced body is
    cut off where it passes that.
    """

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if announced_length(scope) > settings.UPLOAD_MAX_REQUEST_BYTES:
            await refuse(send)
            return
        counter = Counter(receive, send)
        await self.app(scope, counter.receive, counter.send)
        if counter.passed and not counter.answered:
            await refuse(send)


class Counter:
    """Counts what comes in; past the cap, the application is told that its client left."""

    def __init__(self, receive, send):
        self._receive, self._send = receive, send
        self.received = 0
        self.passed = self.answered = False

    async def receive(self) -> dict:
        if self.passed:
            return {"type": "http.disconnect"}
        message = await self._receive()
        if message["type"] == "http.request":
            self.received += len(message.get("body", b""))
            self.passed = self.received > settings.UPLOAD_MAX_REQUEST_BYTES
        return {"type": "http.disconnect"} if self.passed else message

    async def send(self, message: dict) -> None:
        self.answered = True
        await self._send(message)


def announced_length(scope: dict) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def refuse(send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(TOO_LARGE)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
