"""Mails wait as rows, are checked again when they leave, and carry no forged header."""

from email import policy
from email.parser import BytesParser
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template import engines
from django.urls import reverse

from community.core.mail import MailKind, kept, kinds, render, send, send_account_mail
from community.core.mail.backend import KeptMailBackend
from community.core.models import OutgoingMail
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

NOTE = """{% load partials %}
{% partialdef subject %}{{ name }} vous écrit{% endpartialdef %}
{% partialdef body %}Bonjour,

{{ name }} vous attend.
https://entraide.example/q/1{% endpartialdef %}
{% partialdef button %}Lire{% endpartialdef %}"""


@pytest.fixture
def note_kind(monkeypatch, settings, tmp_path):
    """A kind of mail of this file, whose right to leave the test decides."""
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "note.txt").write_text(NOTE)
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    settings.TEMPLATES = templates
    due = {"answer": {"name": "Solène Kervadec", "button_url": "https://entraide.example/q/1"}}
    kind = MailKind(name="note", prepare=lambda to, context: due["answer"], list_name="notes")
    monkeypatch.setitem(kinds._kinds, "note", kind)
    yield due
    engines._engines.clear()


def test_a_mail_leaves_after_commit_with_both_versions_and_its_headers(note_kind, run_tasks):
    row = send("note", to="claude@example.org", context={"question": 1})
    assert mail.outbox == []
    run_tasks()
    [message] = mail.outbox
    assert message.subject == "Solène Kervadec vous écrit"
    html = message.alternatives[0].content
    for version in (message.body, html):
        assert "Solène Kervadec vous attend." in version
        assert "https://entraide.example/q/1" in version
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["List-Id"] == "<notes.localhost>"
    assert message.extra_headers["Message-ID"] == f"<{row.public_id}@localhost>"
    row.refresh_from_db()
    assert row.sent_at
    assert row.context == {}


def test_a_mail_of_a_rolled_back_transaction_never_leaves(note_kind, run_tasks):
    with pytest.raises(RuntimeError), transaction.atomic():
        send("note", to="claude@example.org", context={})
        raise RuntimeError
    run_tasks()
    assert mail.outbox == []


def test_a_right_lost_between_planning_and_sending_stops_the_mail(note_kind, run_tasks):
    row = send("note", to="claude@example.org", context={"question": 1})
    note_kind["answer"] = None
    run_tasks()
    row.refresh_from_db()
    assert mail.outbox == []
    assert row.dropped_at
    assert row.context == {}


def test_a_mail_is_sent_once_even_if_its_task_runs_twice(note_kind, run_tasks):
    row = send("note", to="claude@example.org", context={})
    run_tasks()
    from community.core.mail.queue import deliver

    deliver.call(row.pk)
    deliver.call(10**9)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("code", [550, 450])
def test_a_refusal_for_good_is_dropped_and_a_passing_one_is_retried(note_kind, run_tasks, monkeypatch, code):
    def refuse(self, messages):
        raise SMTPRecipientsRefused({"claude@example.org": (code, b"no")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    row = send("note", to="claude@example.org", context={"question": 1})
    run_tasks()
    row.refresh_from_db()
    assert bool(row.dropped_at) == (code == 550)
    assert bool(row.context) == (code == 450)


@pytest.mark.parametrize("to", ["claude@example.org\nBcc: all@example.org", "claude", "a@b.fr, c@d.fr", ""])
def test_what_is_not_one_address_is_refused(note_kind, to):
    with pytest.raises(ValidationError):
        send("note", to=to, context={})
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "Eve\nBcc: all@example.org",
        "Eve\r\n\r\n<script>alert(1)</script>",
        "Eve\u202eevil",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_a_hostile_name_forges_no_header_and_no_markup(note_kind, run_tasks, name):
    note_kind["answer"] = {"name": name, "button_url": "https://entraide.example/"}
    send("note", to="claude@example.org", context={})
    run_tasks()
    [message] = mail.outbox
    parsed = BytesParser(policy=policy.default).parsebytes(message.message().as_bytes())
    assert parsed["Bcc"] is None
    assert "\u202e" not in message.subject
    html = message.alternatives[0].content
    assert "<script" not in html
    assert "<img" not in html


def test_a_link_hidden_in_a_name_stays_words():
    assert "<a " not in render.paragraphs("Eve https://evil.example vous attend.")
    assert '<a class="link" href="https://entraide.example/q/1"' in render.paragraphs(
        "Lire :\nhttps://entraide.example/q/1"
    )


def test_the_mail_of_an_account_keeps_its_code_only_until_it_leaves(run_tasks):
    send_account_mail("account/email/login_code", "claude@example.org", {"code": "7K2M4Q", "user": MemberFactory()})
    assert "7K2M4Q" in str(OutgoingMail.objects.get().context)
    run_tasks()
    [message] = mail.outbox
    assert message.to == ["claude@example.org"]
    assert "7K2M4Q" in message.body
    assert "7K2M4Q" in message.alternatives[0].content
    assert OutgoingMail.objects.get().context == {}


@pytest.fixture
def kept_mail(settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    message = mail.EmailMultiAlternatives("Votre code", "Bonjour,\nvoici : 7K2M4Q", to=["claude@example.org"])
    message.attach_alternative("<p>7K2M4Q</p><script>alert(1)</script>", "text/html")
    KeptMailBackend().send_messages([message])
    return kept.kept_mails()[0]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_kept_mails_are_shown_on_the_machine_itself(client, kept_mail, address):
    listed = client.get(reverse("dev_mail_list"), REMOTE_ADDR=address)
    assert "Votre code" in listed.text
    assert "7K2M4Q" in client.get(reverse("dev_mail_detail", args=[kept_mail.name]), REMOTE_ADDR=address).text
    html = client.get(reverse("dev_mail_html", args=[kept_mail.name]), REMOTE_ADDR=address)
    assert "sandbox" in html["Content-Security-Policy"]
    assert "script-src" not in html["Content-Security-Policy"]
    assert "default-src 'none'" in html["Content-Security-Policy"]


def outsiders():
    return [
        pytest.param({"REMOTE_ADDR": "192.0.2.7"}, {}, id="another machine"),
        pytest.param({"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {}, id="behind a proxy of this machine"),
        pytest.param({}, {"LOOPBACK": False}, id="a public installation"),
        pytest.param({}, {"TRUSTED_PROXIES": 1}, id="an installation behind a proxy"),
    ]


@pytest.mark.parametrize(("request_meta", "changed"), outsiders())
def test_kept_mails_do_not_exist_for_anyone_else(client, kept_mail, settings, request_meta, changed):
    for name, value in changed.items():
        setattr(settings, name, value)
    for name, arguments in (
        ("dev_mail_list", []),
        ("dev_mail_detail", [kept_mail.name]),
        ("dev_mail_html", [kept_mail.name]),
    ):
        response = client.get(reverse(name, args=arguments), **request_meta)
        assert response.status_code == 404
        assert "7K2M4Q" not in response.text


@pytest.mark.parametrize("name", ["..", "20260101-000000-000000-00000000", "%2e%2e", "secret_key"])
def test_only_names_of_kept_mails_are_read(client, kept_mail, name):
    assert client.get(reverse("dev_mail_detail", args=[name])).status_code == 404
