"""One page, served from memory under the public policy: the editor component with the files of `static/`."""

import json
import mimetypes
import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string

ROOT = Path(settings.BASE_DIR)
ORIGIN = "http://editor.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is missing. Install it: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"base_url": ORIGIN, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


class PostForm(forms.Form):
    body = forms.CharField(label="Votre situation", help_text="Ce qui vous bloque.", widget=forms.Textarea)


HTMX = re.search(r"<meta name=\"htmx-config\"[^>]*>", (ROOT / "templates/base.html").read_text()).group(0)


class RemarkForm(forms.Form):
    text = forms.CharField(label="Commentaire", widget=forms.Textarea, required=False)


def editor_page(markdown: str) -> str:
    editor = render_to_string(
        "components/editor.html",
        {
            "field": PostForm(initial={"body": markdown})["body"],
            "upload_url": "/fichiers/",
            "mentions_url": "/mentions/",
        },
    )
    remark = render_to_string(
        "components/field.html", {"field": RemarkForm(auto_id="remarque-%s")["text"], "mentions_url": "/mentions/"}
    )
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>'
        f"{HTMX}"
        '<script type="module" src="/static/dist/app.js"></script></head>'
        f'<body><main><form method="post" action="/publier">{remark}{editor}'
        '<button id="publier">Publier</button></form></main></body></html>'
    )


class Editor:
    """What a person sees and what the form would send."""

    def __init__(self, page):
        self.page = page
        self.faults: list[str] = []
        self.broken = False
        self.upload = (
            200,
            {"markdown": "![plan](/fichiers/abc/plan.png)", "name": "plan.png", "url": "/fichiers/abc/plan.png"},
        )
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        page.route("**/*", self._serve)

    def _note(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def _serve(self, route):
        path = urlparse(route.request.url).path
        if path == "/":
            headers = {"content-security-policy": POLICY}
            route.fulfill(body=editor_page(self.markdown), content_type="text/html; charset=utf-8", headers=headers)
        elif path == "/static/dist/editor.js" and self.broken:
            route.fulfill(status=404, body="")
        elif path.startswith("/static/"):
            file = ROOT / path[1:]
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
        elif path == "/mentions/":
            members = [
                {"id": "AbC1", "name": "Nadia Ferrand", "detail": "Acheteuse"},
                {"id": "Xy_9", "name": "Nadège_Roy"},
            ]
            route.fulfill(body=json.dumps({"results": members}), content_type="application/json")
        elif path == "/fichiers/":
            status, answer = self.upload
            route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")
        else:
            route.fulfill(status=200, body="reçu", content_type="text/plain; charset=utf-8")

    def open(self, markdown="", *, broken=False):
        self.markdown, self.broken = markdown, broken
        self.page.goto("/")
        if not broken:
            self.page.wait_for_selector(".editor-area")
        return self

    @property
    def area(self):
        return self.page.locator(".editor-area")

    @property
    def sent(self) -> str:
        return self.page.locator("textarea[name=body]").input_value()

    def type_at_end(self, text):
        self.area.focus()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)

    def paste(self, html):
        self.area.focus()
        self.area.evaluate(
            """(area, html) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/html", html);
                area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            html,
        )


@pytest.fixture
def editor(page):
    editor = Editor(page)
    yield editor
    assert editor.faults == []
