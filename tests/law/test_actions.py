"""Who writes the law here, what is refused, and what is kept of each change."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.core import events
from community.core.errors import Invalid, Refused
from community.core.events import bus
from community.law import actions, permissions
from community.law.models import LegalChange, LegalProvision, LegalText, Obligation, Threshold
from community.law.querysets import everyone
from community.members.models import Member
from tests.factories import MemberFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db


def text(**fields) -> LegalText:
    return LegalText(**{"slug": "loi-essai", "nature": "law", "short_title": "Loi", "title": "Loi d’essai", **fields})


def threshold(start: date, end: date | None = None, **fields) -> Threshold:
    return Threshold(
        **{"key": "essai", "label": "Essai", "amount": 100, "applies_from": start, "applies_until": end, **fields}
    )


@pytest.fixture
def heard(monkeypatch) -> list:
    found = []
    for kind in (
        events.LegalTextChanged,
        events.LegalProvisionChanged,
        events.ThresholdChanged,
        events.ObligationChanged,
    ):
        monkeypatch.setitem(bus._handlers, kind, [found.append])
    return found


def expert(kind: str, **fields) -> Member:
    member = MemberFactory()
    member.expertises.create(kind=kind, **fields)
    return member


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (lambda: AnonymousUser(), False),
        (lambda: MemberFactory(), False),
        (lambda: expert("expert"), False),
        (lambda: expert("jurist", until=date(2020, 1, 1)), False),
        (lambda: expert("jurist"), True),
        (lambda: expert("jurist", family=PurchaseFamilyFactory()), True),
        (lambda: MemberFactory(staff=True), True),
    ],
)
def test_jurists_and_staff_write_the_law(who, allowed):
    member = who()
    assert permissions.can_edit_law(member) is allowed
    line = Obligation(slug="essai", title="Essai", starts_on=date(2027, 1, 1))
    acts = [
        lambda: actions.create_text(actor=member, text=text()),
        lambda: actions.create_threshold(actor=member, threshold=threshold(date(2026, 1, 1))),
        lambda: actions.create_obligation(actor=member, obligation=line),
    ]
    for act in acts:
        if allowed:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()


@pytest.mark.parametrize(
    "act",
    [
        lambda who, thing: actions.edit_text(actor=who, text=thing),
        lambda who, thing: actions.repeal_text(actor=who, text=thing, on=date(2026, 1, 1)),
        lambda who, thing: actions.restore_text(actor=who, text=thing, note="Erreur"),
        lambda who, thing: actions.create_provision(actor=who, provision=LegalProvision(text=thing, label="1")),
    ],
)
def test_the_others_change_no_text(jurist, act):
    kept = actions.create_text(actor=jurist, text=text())
    with pytest.raises(PermissionDenied):
        act(MemberFactory(), kept)


def test_the_others_change_no_article_threshold_or_line(law):
    stranger = MemberFactory()
    provision, line = LegalProvision.objects.first(), Obligation.objects.first()
    acts = [
        lambda: actions.edit_provision(actor=stranger, provision=provision),
        lambda: actions.repeal_provision(actor=stranger, provision=provision, on=date(2030, 1, 1)),
        lambda: actions.edit_threshold(actor=stranger, threshold=Threshold.objects.first(), provisions=[]),
        lambda: actions.edit_obligation(actor=stranger, obligation=line, texts=[], provisions=[]),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_law_is_shown_to_everybody(law):
    for model in (LegalText, LegalProvision, Threshold, Obligation):
        assert model.objects.visible_to(AnonymousUser()).count() == model.objects.count()
    assert permissions.can_view(AnonymousUser(), LegalText.objects.first())
    assert everyone(None, Member.objects.all()).count() == Member.objects.count()


def test_what_is_in_force_on_a_day(law):
    day = date(2025, 1, 1)
    kept, out = LegalText.objects.in_force(day), LegalText.objects.out_of_force(day)
    assert set(out.values_list("slug", flat=True)) == {"decret-2021-254"}
    assert not kept.filter(slug__in=["decret-2021-254", "decret-2025-1386"]).exists()
    assert kept.filter(slug="loi-reen").exists()


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2020, 12, 31), "not_yet"),
        (date(2021, 1, 1), "in_force"),
        (date(2024, 6, 30), "in_force"),
        (date(2024, 7, 1), "replaced"),
    ],
)
def test_the_state_of_a_text_is_its_dates(law, day, state):
    assert LegalText.objects.get(slug="decret-2021-254").state_on(day) == state


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2025, 12, 31), "not_yet"), (date(2029, 12, 31), "in_force"), (date(2030, 1, 1), "repealed")],
)
def test_the_state_of_a_line_is_its_dates(law, day, state):
    assert Obligation.objects.get(slug="egalim-outre-mer-2026").state_on(day) == state


def test_a_change_is_kept_with_who_when_and_what(jurist, heard):
    kept = actions.create_text(actor=jurist, text=text())
    kept.scope, kept.in_force_from = "Tous", date(2027, 1, 1)
    actions.edit_text(actor=jurist, text=kept, note="Journal officiel")
    edit = LegalChange.objects.first()
    assert (edit.by, edit.note, edit.by_loader) == (jurist, "Journal officiel", False)
    assert edit.before == {"scope": "", "in_force_from": None}
    assert edit.after == {"scope": "Tous", "in_force_from": "2027-01-01"}
    assert [(event.change, event.matters) for event in heard] == [("created", False), ("edited", True)]
    actions.edit_text(actor=jurist, text=kept)
    assert len(heard) == 2


def test_whoever_verifies_is_named(jurist):
    kept = actions.create_text(actor=jurist, text=text(to_check=True))
    assert kept.verified_by is None
    other = expert("jurist")
    kept.verified_on, kept.to_check = date(2026, 11, 20), False
    actions.edit_text(actor=other, text=kept)
    kept.note = "Précision."
    actions.edit_text(actor=jurist, text=kept)
    kept.refresh_from_db()
    assert kept.verified_by == other


def test_a_repeal_takes_the_articles_along_and_a_second_person_undoes_it(jurist, heard):
    kept = actions.create_text(actor=jurist, text=text(in_force_from=date(2020, 1, 1)))
    first = actions.create_provision(actor=jurist, provision=LegalProvision(text=kept, label="1", title="Un"))
    gone = actions.create_provision(actor=jurist, provision=LegalProvision(text=kept, label="2", title="Deux"))
    actions.repeal_provision(actor=jurist, provision=gone, on=date(2021, 1, 1))
    with pytest.raises(Refused):
        actions.restore_text(actor=jurist, text=kept, note="Rien à rétablir")
    with pytest.raises(Invalid):
        actions.repeal_text(actor=jurist, text=kept, on=date(2019, 1, 1))
    actions.repeal_text(actor=jurist, text=kept, on=date(2026, 1, 1))
    with pytest.raises(Refused):
        actions.repeal_text(actor=jurist, text=kept, on=date(2026, 1, 1))
    assert heard[-1].change == "repealed"
    first.refresh_from_db()
    assert first.repealed_on == date(2026, 1, 1)
    with pytest.raises(Refused):
        actions.restore_text(actor=jurist, text=kept, note="Erreur")
    other = MemberFactory(staff=True)
    with pytest.raises(Invalid):
        actions.restore_text(actor=other, text=kept, note="  ")
    actions.restore_text(actor=other, text=kept, note="Erreur de lecture")
    for each in (kept, first, gone):
        each.refresh_from_db()
    assert (kept.repealed_on, first.repealed_on, gone.repealed_on) == (None, None, date(2021, 1, 1))


def test_an_article_is_repealed_once_and_not_before_it_began(law, jurist):
    provision = LegalProvision.objects.get(key="R2152-7")
    with pytest.raises(Invalid):
        actions.repeal_provision(actor=jurist, provision=provision, on=date(2020, 1, 1))
    actions.repeal_provision(actor=jurist, provision=provision, on=date(2027, 1, 1))
    with pytest.raises(Refused):
        actions.repeal_provision(actor=jurist, provision=provision, on=date(2027, 1, 1))


def test_replacements_do_not_go_round(law, jurist):
    old, successor = (LegalText.objects.get(slug=slug) for slug in ("decret-2021-254", "decret-2024-134"))
    with pytest.raises(Invalid):
        actions.repeal_text(actor=jurist, text=successor, on=date(2030, 1, 1), replaced_by=old)
    successor.replaced_by = successor
    with pytest.raises(Invalid):
        actions.edit_text(actor=jurist, text=successor)


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2024, 1, 1), date(2025, 12, 31), True),
        (date(2028, 1, 1), None, True),
        (date(2025, 6, 1), date(2026, 1, 1), False),
        (date(2027, 12, 31), None, False),
        (date(2026, 6, 1), date(2026, 7, 1), False),
        (date(2020, 1, 1), None, False),
        (date(2026, 1, 1), date(2027, 12, 31), False),
    ],
)
def test_periods_of_one_threshold_never_overlap(jurist, start, end, fits):
    actions.create_threshold(actor=jurist, threshold=threshold(date(2026, 1, 1), date(2027, 12, 31)))
    if fits:
        actions.create_threshold(actor=jurist, threshold=threshold(start, end))
    else:
        with pytest.raises(Invalid):
            actions.create_threshold(actor=jurist, threshold=threshold(start, end))
    actions.create_threshold(actor=jurist, threshold=threshold(start, end, key="autre"))


def test_a_threshold_is_edited_in_place_and_its_dates_stand(jurist, heard):
    kept = actions.create_threshold(actor=jurist, threshold=threshold(date(2026, 1, 1)))
    kept.amount = 120
    actions.edit_threshold(actor=jurist, threshold=kept, provisions=[])
    actions.edit_threshold(actor=jurist, threshold=kept, provisions=[])
    assert len(heard) == 2
    for start, end in ((None, None), (date(2026, 1, 1), date(2025, 1, 1))):
        with pytest.raises(Invalid):
            actions.create_threshold(actor=jurist, threshold=threshold(start, end, key="autre"))
    with pytest.raises(Invalid):
        actions.create_threshold(actor=jurist, threshold=threshold(date(2026, 1, 1), amount=-1, key="autre"))
    assert Threshold.objects.applying(date(2030, 1, 1)).get(key=kept.key) == kept


def test_the_base_refuses_dates_out_of_order(db):
    wrong = [
        text(in_force_from=date(2026, 1, 1), repealed_on=date(2025, 1, 1)),
        threshold(date(2026, 1, 1), date(2025, 1, 1)),
        Obligation(slug="a", title="A", starts_on=date(2026, 1, 1), ends_on=date(2025, 1, 1)),
        Obligation(slug="b", title="B", starts_on=date(2026, 3, 1), year_only=True),
    ]
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_an_article_without_number_is_refused(law, jurist):
    kept = LegalText.objects.first()
    for label in ("", "   ", "x" * 60):
        with pytest.raises(Invalid):
            actions.create_provision(actor=jurist, provision=LegalProvision(text=kept, label=label, title="Objet"))


def test_a_line_takes_known_audiences_and_keeps_its_grounds(law, jurist, heard):
    line = Obligation.objects.get(slug="agec-2027")
    line.audiences = ["martians"]
    with pytest.raises(Invalid):
        actions.edit_obligation(actor=jurist, obligation=line, texts=[], provisions=[])
    line.audiences = ["state"]
    grounds = {"texts": list(line.texts.all()), "provisions": list(line.provisions.all())}
    actions.edit_obligation(actor=jurist, obligation=line, **grounds)
    actions.edit_obligation(actor=jurist, obligation=line, **grounds)
    actions.edit_obligation(actor=jurist, obligation=line, texts=[], provisions=[])
    assert [event.change for event in heard] == ["edited", "edited"]
    assert LegalChange.objects.first().after == {"texts": [], "provisions": []}


def test_names(law):
    assert str(LegalProvision.objects.get(key="L2112-2")).startswith("L.\u00a02112-2")
    assert "2026" in str(Threshold.objects.get(key="ue-travaux", amount=5_404_000))
    assert str(Obligation.objects.get(slug="agec-2027")).startswith("Réemploi")
    assert "created" in str(LegalChange.objects.first())
    assert Threshold.objects.get(key="ue-travaux", amount=5_404_000).is_current == (
        timezone.localdate() < date(2028, 1, 1)
    )
