"""An attachment answers as its content does; absent and forbidden are one answer, whatever is asked of it."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from community.core.uploads import actions, storage
from community.core.uploads.actions import attach_uploads, store_upload
from tests.core.uploads.conftest import sent
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory
from tests.support import hostile

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(private, attached):
    """Who asks, and whether the picture of the private question is theirs to see."""
    question, insider = private
    former = MembershipFactory(space=question.space)
    former.delete()
    return {
        "author": (question.author, True),
        "insider": (insider, True),
        "former": (former.member, False),
        "outsider": (MemberFactory(), False),
        "newcomer": (MemberFactory(newcomer=True), False),
        "moderator elsewhere": (MembershipFactory(role="moderator").member, False),
        "administrator": (MemberFactory(staff=True), False),
        "anonymous": (None, False),
    }


ACTORS = ["author", "insider", "former", "outsider", "newcomer", "moderator elsewhere", "administrator", "anonymous"]


def as_actor(client, member):
    if member:
        client.force_login(member)
    return client


class TestRights:
    @pytest.mark.parametrize("who", ACTORS)
    def test_the_right_of_the_content_is_the_right_of_the_file(self, client, readers, attached, who):
        member, allowed = readers[who]
        response = as_actor(client, member).get(attached.url)
        assert response.status_code == (200 if allowed else 404)
        assert (response.content == storage.read(attached.path, 0, attached.size)) is allowed

    @pytest.mark.parametrize("who", ACTORS)
    def test_a_pending_upload_is_its_owners_alone(self, client, readers, member, who):
        pending = store_upload(actor=member, uploaded_file=sent())
        asking, _ = readers[who]
        assert as_actor(client, asking).get(pending.url).status_code == (200 if asking == member else 404)

    @pytest.mark.parametrize("who", [actor for actor in ACTORS if actor not in ("author", "insider")])
    @pytest.mark.parametrize(
        "headers",
        [{}, {"Range": "bytes=0-9"}, {"Range": "bytes=99999999-"}, {"If-None-Match": "TAG"}, {"If-None-Match": "*"}],
        ids=["plain", "range", "wrong range", "tag", "any tag"],
    )
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_forbidden_and_absent_are_the_same_answer(self, client, readers, attached, who, headers, method):
        as_actor(client, readers[who][0])
        headers = {name: value.replace("TAG", f'"{attached.token}"') for name, value in headers.items()}
        ask = getattr(client, method)
        forbidden = ask(attached.url, headers=headers)
        absent = ask(attached.url.replace(attached.token, "x" * len(attached.token)), headers=headers)
        assert forbidden.status_code == absent.status_code == 404
        assert _without_tokens(forbidden.content) == _without_tokens(absent.content)
        assert set(forbidden.headers) == set(absent.headers)
        for name in ("ETag", "Content-Range", "Accept-Ranges", "Content-Disposition", "X-Accel-Redirect"):
            assert name not in forbidden.headers

    def test_losing_the_membership_closes_the_file_at_once(self, client, private, attached):
        question, insider = private
        client.force_login(insider)
        tag = client.get(attached.url)["ETag"]
        question.space.memberships.filter(member=insider).delete()
        assert client.get(attached.url, headers={"If-None-Match": tag}).status_code == 404

    def test_an_open_question_shows_its_pictures_to_everyone(self, client, member, pending):
        question = QuestionFactory(author=member)
        attach_uploads(content_kind="question", content_id=question.pk, tokens=[pending.token], actor=member)
        assert client.get(pending.url).status_code == 200
        question.deleted_at = question.created_at
        question.save(update_fields=["deleted_at"])
        assert client.get(pending.url).status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "/fichiers/{t}",
            "/fichiers/{t}/",
            "/fichiers/../{t}/a.png",
            "/fichiers/%2e%2e/{t}/a.png",
            "/var/uploads/{p}",
            "/media/{p}",
        ],
    )
    def test_no_other_path_leads_to_it(self, client, private, attached, path):
        client.force_login(private[1])
        response = client.get(path.format(t=attached.token, p=attached.path), follow=True)
        assert b"PNG" not in response.content

    def test_a_kind_of_content_that_no_longer_exists_denies(self, client, member, attached):
        client.force_login(member)
        assert client.get(attached.url).status_code == 200
        attached.content_kind = "disparu"
        attached.save(update_fields=["content_kind"])
        assert client.get(attached.url).status_code == 404

    def test_serving_costs_the_same_whatever_the_content(
        self, client, private, attached, django_assert_max_num_queries
    ):
        client.force_login(private[1])
        with django_assert_max_num_queries(5):
            client.get(attached.url)


def _without_tokens(page: bytes) -> str:
    """The words of a page: its CSRF tokens differ from one answer to the next."""

    class Words(HTMLParser):
        def __init__(self):
            super().__init__()
            self.words = []

        def handle_data(self, data):
            self.words.append(data)

    reader = Words()
    reader.feed(page.decode())
    return "".join(reader.words)


class TestServing:
    @pytest.fixture
    def owner(self, client, member):
        client.force_login(member)
        return client

    def test_a_picture_is_shown_in_place_and_boxed_in(self, owner, pending):
        response = owner.get(pending.url)
        assert response["Content-Type"] == "image/png"
        assert response["Content-Disposition"].startswith("inline")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-cache"
        assert "sandbox" in response["Content-Security-Policy"]
        assert pending.sha256 not in str(response.headers)

    @pytest.mark.parametrize(
        ("name", "data", "place"),
        [
            ("a.pdf", hostile.pdf(), "inline"),
            ("a.docx", hostile.docx(), "attachment"),
            ("a.txt", b"<script>", "attachment"),
        ],
    )
    def test_documents_are_downloaded_but_pdf(self, owner, member, name, data, place):
        attachment = store_upload(actor=member, uploaded_file=sent(name, data))
        response = owner.get(attachment.url)
        assert response["Content-Disposition"].split(";")[0] == place
        assert "default-src 'none'" in response["Content-Security-Policy"]

    def test_the_name_in_the_address_changes_nothing(self, owner, member):
        attachment = store_upload(actor=member, uploaded_file=sent("Été.png"))
        response = owner.get(f"/fichiers/{attachment.token}/facture.exe")
        assert "facture" not in response["Content-Disposition"]
        assert "%C3%89t%C3%A9.png" in response["Content-Disposition"]

    def test_head_has_the_headers_without_the_file(self, owner, pending):
        full, head = owner.get(pending.url), owner.head(pending.url)
        assert head.content == b""
        assert head["Content-Length"] == full["Content-Length"] == str(pending.size)

    def test_an_unchanged_file_is_not_sent_again(self, owner, pending):
        response = owner.get(pending.url, headers={"If-None-Match": owner.get(pending.url)["ETag"]})
        assert response.status_code == 304
        assert response.content == b""

    @pytest.mark.parametrize(
        ("asked", "status", "first", "last"),
        [
            ("bytes=0-9", 206, 0, 9),
            ("bytes=5-", 206, 5, None),
            ("bytes=-4", 206, -4, None),
            ("bytes=0-", 200, 0, None),
            ("bytes=9-5", 200, 0, None),
            ("bytes=0-1,3-4", 200, 0, None),
            ("octets=0-1", 200, 0, None),
            ("bytes=-", 200, 0, None),
        ],
    )
    def test_a_part_can_be_asked_for(self, owner, pending, asked, status, first, last):
        whole = owner.get(pending.url).content
        response = owner.get(pending.url, headers={"Range": asked})
        assert response.status_code == status
        assert response.content == whole[first : None if last is None else last + 1]
        assert ("Content-Range" in response.headers) is (status == 206)

    @pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0"])
    def test_a_part_outside_the_file_is_refused(self, owner, pending, asked):
        response = owner.get(pending.url, headers={"Range": asked})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{pending.size}"

    def test_a_part_of_another_state_is_the_whole(self, owner, pending):
        response = owner.get(pending.url, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
        assert response.status_code == 200

    def test_nginx_may_send_the_file(self, owner, pending, settings, client):
        settings.UPLOADS_HANDED_BY = "nginx"
        response = owner.get(pending.url)
        assert response["X-Accel-Redirect"] == f"/_fichiers/{pending.path}"
        assert response.content == b""
        client.logout()
        assert "X-Accel-Redirect" not in client.get(pending.url).headers


class TestUpload:
    url = "/fichiers/"

    def test_the_answer_says_what_to_insert(self, client, member):
        client.force_login(member)
        response = client.post(self.url, {"file": sent("Plan.png")})
        assert response.status_code == 201
        said = response.json()
        assert set(said) == {"token", "name", "url", "markdown"}
        assert said["markdown"] == f"![Plan.png]({said['url']})"
        assert reverse("attachment_upload") == self.url
        assert client.get(said["url"]).status_code == 200

    @pytest.mark.parametrize("data", [{}, {"file": "texte"}])
    def test_a_request_without_a_file_says_so(self, client, member, data):
        client.force_login(member)
        assert client.post(self.url, data).status_code == 422

    def test_a_refused_file_says_why_in_french(self, client, member):
        client.force_login(member)
        response = client.post(self.url, {"file": sent("a.exe", b"MZ")})
        assert response.status_code == 422
        assert "pas accepté" in response.json()["error"]

    def test_too_many_say_when_to_come_back(self, client, member, monkeypatch):
        monkeypatch.setattr(actions, "UPLOADS", actions.Limit("upload", times=0, seconds=600))
        client.force_login(member)
        response = client.post(self.url, {"file": sent()})
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert response.json()["error"]

    def test_too_many_in_a_day_say_when_to_come_back_with_a_script_or_without(self, client, member, monkeypatch):
        monkeypatch.setattr(actions, "MAX_PER_DAY", 1)
        client.force_login(member)
        assert client.post(self.url, {"file": sent()}).status_code == 201
        form = {
            "title": "Une question assez longue",
            "body": "Un texte.",
            "kind": "question",
            "files": sent("50 %.png"),
        }
        for answer in (client.post(self.url, {"file": sent()}), client.post(reverse("question_ask"), form)):
            assert answer.status_code == 429
            assert int(answer["Retry-After"]) > 23 * 3600
            assert "beaucoup de fichiers" in answer.content.decode()

    def test_a_request_of_enormous_files_is_not_read(self, client, member, settings):
        client.force_login(member)
        settings.UPLOAD_MAX_REQUEST_BYTES = 400
        assert client.post(self.url, {"file": sent("a.txt", b"a" * 2_000)}).status_code == 400
        assert client.post(self.url, {"file": sent("a.txt", b"a" * 20)}).status_code == 201

    def test_nobody_sends_files_unknown(self, client):
        response = client.post(self.url, {"file": sent()}, headers={"Accept": "application/json"})
        assert response.status_code == 401

    def test_a_forged_request_is_refused(self, member):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(member)
        assert client.post(self.url, {"file": sent()}).status_code == 403

    def test_reading_the_address_sends_nothing(self, client, member):
        client.force_login(member)
        assert client.get(self.url).status_code == 405
