"""The guided form of a clause: contributing one, correcting it, writing another version."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.checks import Finding
from clauses.library.content import (
    BRACES,
    CONTEXT_TEXTS,
    CRITERION_TEXTS,
    NATURES,
    clean_content,
    pk_of_reference,
)
from clauses.library.models import Naming
from clauses.library.vocabularies import (
    AMBITION_HELP,
    CRITERIA,
    MAX_SUMMARY,
    MAX_TITLE,
    MAX_VARIABLES,
    MAX_WORDINGS,
    Ambition,
    ClauseKind,
    ContractDocument,
    Licence,
    PriceImpact,
    SupplyMaturity,
)
from community.core.form_fields import DayField, TokenField
from community.core.guarded import GuardedForm
from community.members.models import Territory
from community.spaces.models import Space
from community.taxonomy.fields import FamilyField, grouped
from community.taxonomy.models import Objective, Pillar, PurchaseFamily
from community.taxonomy.tags import MAX_TAG, MAX_TAGS

from .citations import CitedLawField
from .cpv import CpvListField
from .parts import (
    ANCHORS,
    EVERY_ROWS,
    LINKS,
    NATURE_LABELS,
    NOT_SAID,
    PROVENANCES,
    STEPS,
    VARIABLE_COLUMNS,
    VARIABLE_LABELS,
    VARIABLE_WIDTHS,
    WORDINGS,
    line,
    text,
)
from .rows import Rows, add_rows, bound_rows, count_rows, values_of_rows


class ClauseForm(GuardedForm):
    guarded = (
        *("title", "summary", *CONTEXT_TEXTS, *CRITERION_TEXTS),
        *(f"wording_{number}_text" for number in range(MAX_WORDINGS)),
    )

    title = forms.CharField(
        label=_("Titre"),
        help_text=_("Ce que la clause fait, en six mots."),
        max_length=MAX_TITLE,
        error_messages={"required": _("Donnez un titre : ce que la clause fait, en quelques mots.")},
    )
    summary = forms.CharField(
        label=_("Résumé"),
        help_text=_("280 caractères. Il s’affiche dans la bibliothèque."),
        max_length=MAX_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez le résumé : il s’affiche dans la bibliothèque.")},
    )
    kind = forms.ChoiceField(label=_("Type de clause"), choices=[("", _("Choisissez")), *ClauseKind.choices])
    family = FamilyField(label=_("Famille principale"))
    document = forms.ChoiceField(label=_("Pièce du marché"), choices=ContractDocument.choices, widget=forms.RadioSelect)
    also_in = forms.MultipleChoiceField(
        label=_("Peut aussi se placer dans"),
        choices=ContractDocument.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pillar = forms.ChoiceField(label=_("Volet"), choices=Pillar.choices, widget=forms.RadioSelect)
    objectives = forms.ModelMultipleChoiceField(
        Objective.objects.all(),
        label=_("Objectifs"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    natures = forms.MultipleChoiceField(
        label=_("Pour quels marchés"),
        choices=list(NATURE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Dites pour quels marchés : travaux, fournitures, services ou concessions.")},
    )
    ambition = forms.TypedChoiceField(
        label=_("Ambition"), choices=Ambition.choices, coerce=int, initial=Ambition.SOCLE, widget=forms.RadioSelect
    )
    assessed = text(
        _("Ce qui est évalué"),
        help_text=_(
            "Une seule idée. Un critère sans définition ni lien avec une exigence a été jugé irrégulier "
            "(TA Grenoble, 14 novembre 2025, n° 2510707)."
        ),
    )
    expected_elements = text(_("Éléments attendus dans l’offre"))
    scoring_method = text(_("Méthode de notation"))
    weight_min = forms.IntegerField(
        label=_("Pondération conseillée, minimum"), required=False, min_value=1, max_value=100, help_text=_("En %.")
    )
    weight_max = forms.IntegerField(
        label=_("Maximum"), required=False, min_value=1, max_value=100, help_text=_("En %.")
    )
    proofs = text(_("Moyens de preuve"))
    why = text(_("Pourquoi cette clause"))
    vigilance = text(_("Points de vigilance"))
    execution_control = text(_("Contrôle en exécution"))
    penalty = text(_("Pénalité associée"))
    sourcing_questions = text(_("Questions à poser en sourcing"))
    supply_maturity = forms.TypedChoiceField(
        label=_("Maturité de l’offre"),
        choices=[*NOT_SAID, *SupplyMaturity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    price_impact = forms.ChoiceField(
        label=_("Effet sur le prix"), choices=[*NOT_SAID, *PriceImpact.choices], required=False
    )
    other_families = forms.ModelMultipleChoiceField(
        PurchaseFamily.objects.all(), label=_("Autres familles"), to_field_name="code", required=False
    )
    territories = forms.ModelMultipleChoiceField(
        Territory.objects.all(),
        label=_("Territoires"),
        to_field_name="code",
        required=False,
        help_text=_("Aucun : toute la France."),
    )
    cpv = CpvListField()
    amount_min = forms.DecimalField(
        label=_("À partir de (€ HT)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    amount_max = forms.DecimalField(
        label=_("Jusqu’à (€ HT)"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    tags = line(_("Mots-clés"), (MAX_TAG + 2) * MAX_TAGS, help_text=_("Cinq au plus, séparés par des virgules."))
    bases = CitedLawField()
    valid_from = DayField(label=_("Utilisable à partir du"))
    valid_until = DayField(label=_("Utilisable jusqu’au"))
    review_by = DayField(label=_("À relire avant le"))
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Licence.choices, initial=Licence.CC_BY, widget=forms.RadioSelect
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        source = self.data if self.is_bound else self.initial
        self.counts = {rows.prefix: count_rows(rows, source, added=source.get("add", "")) for rows in EVERY_ROWS}
        for rows in EVERY_ROWS:
            add_rows(self, rows, self.counts[rows.prefix])
        self.variable_keys = self._variable_keys(source)
        for key in self.variable_keys:
            for name, most in VARIABLE_COLUMNS.items():
                self.fields[f"variable_{key}_{name}"] = line(
                    f"{VARIABLE_LABELS[name]} : {key}", most, width=VARIABLE_WIDTHS[name]
                )
        self.fields["family"].to_field_name = "code"
        families = by_code(PurchaseFamily.objects.all(), _("toute la famille"))
        self.fields["family"].choices = [("", _("Toutes les familles")), *families]
        self.fields["other_families"].choices = families
        self.fields["territories"].choices = by_code(Territory.objects.all(), _("toute la région"))
        self.fields["ambition"].choice_hints = AMBITION_HELP
        self.fields["licence"].choice_hints = {
            Licence.CC_BY: _("Réutilisation libre, en citant l’auteur ou l’autrice"),
            Licence.ETALAB: _("Pour un document d’organisme public"),
        }

    @classmethod
    def with_named_variables(cls, data):
        """The posted values, each variable that was just written being named after itself; and whether some were."""
        data, form = data.copy(), cls(data, member=None)
        fresh = [key for key in form.variable_keys if f"variable_{key}_label" not in data]
        gone = {name[9:-6] for name in data if name.startswith("variable_") and name.endswith("_label")}
        for key in fresh:
            data[f"variable_{key}_label"] = key.replace("_", " ")
        return data, bool(fresh or gone - set(form.variable_keys))

    def _variable_keys(self, source) -> list[str]:
        """Found in the texts as they are now, so that the table follows what is written."""
        texts = [str(source.get(f"wording_{number}_text") or "") for number in range(self.counts["wording"])]
        return list(dict.fromkeys(BRACES.findall("\n".join(texts))))[:MAX_VARIABLES]

    # For the template.

    def wording_rows(self) -> list[dict]:
        return bound_rows(self, WORDINGS, self.counts["wording"])

    def scale_rows(self) -> list[dict]:
        return bound_rows(self, STEPS, self.counts["scale"])

    def link_rows(self) -> list[dict]:
        return bound_rows(self, LINKS, self.counts["link"])

    def provenance_rows(self) -> list[dict]:
        return bound_rows(self, PROVENANCES, self.counts["provenance"])

    def variable_rows(self) -> list[dict]:
        return [
            {"key": key, **{name: self[f"variable_{key}_{name}"] for name in VARIABLE_COLUMNS}}
            for key in self.variable_keys
        ]

    @property
    def is_criterion(self) -> bool:
        return self["kind"].value() in CRITERIA

    # For the actions.

    def content(self, *, kept: dict[str, Any] | None = None) -> dict[str, Any]:
        """What was written, as `content.to_content` gives it; fields in error are empty. `kept`: what no form edits."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        value = self.cleaned_data.get
        amounts = {
            name: f"{value(name):.2f}" if value(name) is not None else None for name in ("amount_min", "amount_max")
        }
        dates = {
            name: value(name).isoformat() if value(name) else None
            for name in ("valid_from", "valid_until", "review_by")
        }
        return clean_content(
            {
                **(kept or {"is_sample": False}),
                **{
                    name: value(name) or ""
                    for name in ("title", "summary", "kind", "document", "pillar", *CONTEXT_TEXTS)
                },
                "price_impact": value("price_impact") or "",
                "supply_maturity": value("supply_maturity"),
                "ambition": value("ambition") or Ambition.SOCLE.value,
                "licence": value("licence") or Licence.CC_BY.value,
                **amounts,
                **dates,
                **self._filing(),
                "wordings": self._wordings(),
                "variables": self._variables(),
                "criterion": self._criterion(),
                "bases": value("bases") or [],
                "links": self._links(),
                "provenances": self._provenances(),
            }
        )

    def _filing(self) -> dict[str, Any]:
        value = self.cleaned_data.get
        return {
            "natures": [name for name in NATURES if name in (value("natures") or ())],
            "also_in": [each for each in value("also_in") or () if each != value("document")],
            "family": value("family").code if value("family") else None,
            "other_families": codes(value("other_families")),
            "objectives": codes(value("objectives")),
            "territories": codes(value("territories")),
            "cpv": value("cpv") or [],
            "tags": [name.strip() for name in (value("tags") or "").split(",") if name.strip()],
        }

    def _rows(self, rows: Rows) -> list[dict[str, Any]]:
        return values_of_rows(self.cleaned_data, rows, self.counts[rows.prefix])

    def _wordings(self) -> list[dict[str, Any]]:
        rows = [row for row in self._rows(WORDINGS) if row["text"] or row["title"]]
        return [{name: value if name == "ambition" else value or "" for name, value in row.items()} for row in rows]

    def _variables(self) -> list[dict[str, Any]]:
        return [
            {"key": key, **{name: self.cleaned_data.get(f"variable_{key}_{name}") or "" for name in VARIABLE_COLUMNS}}
            for key in self.variable_keys
        ]

    def _criterion(self) -> dict[str, Any]:
        value = self.cleaned_data.get
        if value("kind") not in CRITERIA:
            return {**dict.fromkeys(CRITERION_TEXTS, ""), "weight_min": None, "weight_max": None, "scale": []}
        steps = [{name: word or "" for name, word in row.items()} for row in self._rows(STEPS)]
        weights = {"weight_min": value("weight_min"), "weight_max": value("weight_max")}
        return {**{name: value(name) or "" for name in CRITERION_TEXTS}, **weights, "scale": steps}

    def _links(self) -> list[dict[str, str]]:
        return [
            {"relation": row["relation"], "reference": row["reference"]}
            for row in self._rows(LINKS)
            if row["reference"]
        ]

    def _provenances(self) -> list[dict[str, Any]]:
        return [
            {
                **{name: word or "" for name, word in row.items()},
                "dated": row["dated"].isoformat() if row["dated"] else None,
            }
            for row in self._rows(PROVENANCES)
        ]

    def clean(self):
        cleaned = super().clean()
        for number in range(self.counts["link"]):
            name = f"link_{number}_reference"
            if cleaned.get(name) and pk_of_reference(cleaned[name]) is None:
                self.add_error(name, _("Écrivez la référence de l’autre clause, comme CL-0318."))
        lowest, highest = cleaned.get("amount_min"), cleaned.get("amount_max")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("amount_min", _("Le montant minimal dépasse le maximal : échangez-les."))
        return cleaned

    def add_findings(self, findings: list[Finding]) -> None:
        """What the checklist refuses, each beside the field that says it."""
        for finding in findings:
            message = f"{finding.message} « {finding.excerpt} »" if finding.excerpt else finding.message
            self.add_error(self._field_of(finding), message)

    def _field_of(self, finding: Finding) -> str | None:
        if finding.field == "variables":
            name = f"variable_{finding.excerpt.strip('{}')}_label"
        elif finding.field == "wordings" and (number := self._wording_with(finding.excerpt)) is not None:
            name = f"wording_{number}_text"
        else:
            name = ANCHORS.get(finding.field, finding.field)
        return name if name in self.fields else None

    def _wording_with(self, excerpt: str) -> int | None:
        words = excerpt.strip("… ")
        for number in range(self.counts["wording"]):
            text_there = " ".join(str(self.cleaned_data.get(f"wording_{number}_text", "")).split())
            if words and words in text_there:
                return number
        return None


class ProposalForm(ClauseForm):
    """A contribution: where, under which name, by right."""

    space = forms.ModelChoiceField(
        Space.objects.none(), label=_("Proposer à"), required=False, empty_label=_("Communauté ouverte")
    )
    naming = forms.ChoiceField(
        label=_("Comment apparaître"), choices=Naming.choices, initial=Naming.NAME, widget=forms.RadioSelect
    )
    rights = forms.BooleanField(
        label=_("J’ai le droit de partager ce texte"),
        help_text=_("Ni nom d’entreprise, ni montant d’offre, ni consultation en cours."),
        error_messages={"required": _("Confirmez que vous avez le droit de partager ce texte.")},
    )
    client_token = TokenField()

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, member=member, **kwargs)
        self.fields["space"].queryset = Space.objects.askable_by(member)


class EditForm(ClauseForm):
    """Another version of a published clause: `seen` is the one the writer read."""

    note = line(_("Ce qui change"), help_text=_("Une phrase, dans l’historique de la clause."))
    seen = forms.IntegerField(widget=forms.HiddenInput)


def by_code(rows, whole) -> list[tuple]:
    rows = list(rows)
    known = {row.pk: row.code for row in rows}
    return [(label, [(known[pk], words) for pk, words in options]) for label, options in grouped(rows, whole)]


def codes(rows) -> list[str]:
    return [row.code for row in rows or ()]
