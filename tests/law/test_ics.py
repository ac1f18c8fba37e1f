"""The calendar as other programs read it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from community.law import ics
from community.law.models import LegalChange, Obligation
from tests.support.hostile import TEXTS

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def lines_of(body: bytes) -> list[str]:
    """Unfolded, after the rules of RFC 5545 were checked on each line."""
    assert body.endswith(b"\r\n")
    raw = body[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    whole: list[bytes] = []
    for line in raw:
        line.decode()
        if line.startswith(b" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [line.decode() for line in whole]


def test_the_file_is_a_calendar_of_whole_days(law, client):
    response = client.get(reverse("legal_calendar_ics"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = lines_of(response.content)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == Obligation.objects.count()
    assert "DTSTART;VALUE=DATE:20260821" in lines
    assert "DTEND;VALUE=DATE:20260822" in lines
    assert not any(line.startswith(("DTSTART:", "DTSTART;TZID")) for line in lines)
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    assert any(line.startswith("SUMMARY:2027") for line in lines)


def test_the_file_keeps_one_public(law, client):
    whole = client.get(reverse("legal_calendar_ics")).content
    health = client.get(f"{reverse('legal_calendar_ics')}?champ=health").content
    assert b"agec" in whole
    assert lines_of(health).count("BEGIN:VEVENT") < lines_of(whole).count("BEGIN:VEVENT")


def test_a_calendar_that_did_not_change_is_not_sent_again(law, client):
    url = reverse("legal_calendar_ics")
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    LegalChange.objects.create(kind="obligation", object_id=1, change="edited")
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_an_empty_calendar_is_still_one(db, client):
    assert lines_of(client.get(reverse("legal_calendar_ics")).content)[-1] == "END:VCALENDAR"


@pytest.mark.parametrize("field", ["title", "summary", "scope", "source"])
def test_hostile_words_stay_words(db, field):
    for words in TEXTS:
        line = Obligation(
            pk=1, slug="essai", title="Essai", starts_on=date(2027, 1, 1), verified_on=date(2026, 11, 12), source="DAJ"
        )
        setattr(line, field, words)
        lines = lines_of(ics.calendar([line], made_at=MADE))
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
        names = [each.split(":")[0].split(";")[0] for each in lines]
        assert set(names) <= {
            "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE", "UID",
            "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP", "CLASS",
        }  # fmt: skip


def test_texts_are_escaped():
    assert ics.escape("a;b,c\\d\r\ne\x00") == "a\\;b\\,c\\\\d\\ne"
