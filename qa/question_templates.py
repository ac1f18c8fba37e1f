"""Outlines of questions for common situations: what the others need to know to answer at once."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class QuestionTemplate:
    key: str
    label: str
    hint: str
    title: str
    body: str
    stage: str = ""
    kind: str = "question"
    attach: str = "purchase"


TEMPLATES = (
    QuestionTemplate(
        key="clause",
        label=_("Une clause à faire relire"),
        hint=_("Rédaction, pièce du marché, ce qui inquiète votre juriste"),
        title=_("Cette clause de … tient-elle dans un CCTP de … ?"),
        body=_(
            "**La clause, telle que je l’écris**\n\n> …\n\n**Où elle va** : CCTP, CCAP ou RC, et à quel article\n\n"
            "**Ce qu’elle doit obtenir** : …\n\n**Ce qui m’inquiète** : lien avec l’objet, proportion, contrôle…\n"
        ),
        stage="drafting",
    ),
    QuestionTemplate(
        key="critere",
        label=_("Un critère à pondérer"),
        hint=_("Poids, sous-critères, note éliminatoire, moyens de preuve"),
        title=_("Quel poids donner au critère environnemental pour … ?"),
        body=_(
            "**L’achat** : objet, durée, nombre d’offres attendu\n\n**Les critères envisagés et leur poids**\n\n"
            "| Critère | Poids |\n| --- | ---: |\n| Prix | … % |\n| Valeur technique | … % |\n"
            "| Environnement | … % |\n\n**Comment je pense noter** : …\n\n**Ce que je cherche** : un retour sur des "
            "marchés notés ainsi.\n"
        ),
        stage="drafting",
    ),
    QuestionTemplate(
        key="titulaire",
        label=_("Un titulaire qui ne tient pas ses engagements"),
        hint=_("Ce que dit le marché, ce qui a été constaté, ce qui a été fait"),
        title=_("Comment réagir quand le titulaire ne fournit pas … ?"),
        body=_(
            "**Ce que prévoit le marché** : engagement, pièce et article, pénalité\n\n**Ce que nous constatons** : "
            "depuis quand, avec quelles preuves\n\n**Ce que nous avons déjà fait** : échange, mise en demeure…\n\n"
            "**Ce que je cherche** : avez-vous appliqué la pénalité, ou trouvé une autre voie ?\n"
        ),
        stage="execution",
    ),
    QuestionTemplate(
        key="infructueux",
        label=_("Une consultation sans offre, ou sans offre acceptable"),
        hint=_("L’exigence en cause, le sourcing, les suites possibles"),
        title=_("Consultation infructueuse après une exigence de … : que revoir ?"),
        body=_(
            "**L’achat et l’exigence** : label, seuil, spécification\n\n**Le sourcing fait avant** : combien "
            "d’opérateurs, quelles réponses\n\n**Ce qui s’est passé** : nombre d’offres, motifs\n\n"
            "**Les pistes** : variante, palier, allotissement, critère à la place de l’exigence…\n"
        ),
        stage="analysis",
    ),
    QuestionTemplate(
        key="insertion",
        label=_("Des heures d’insertion à calibrer"),
        hint=_("Montant, durée, métiers, facilitation sur le territoire"),
        title=_("Combien d’heures d’insertion sur un marché de … ?"),
        body=_(
            "**Le marché** : objet, montant, durée, part de main-d’œuvre\n\n**Le territoire** : facilitation "
            "rencontrée ou non, publics disponibles\n\n**Ma première estimation** : … heures, parce que…\n\n"
            "**Ce que je cherche** : vos ratios, et comment vous suivez les heures.\n"
        ),
        stage="need",
    ),
)


def find_template(key: str) -> QuestionTemplate | None:
    return next((each for each in TEMPLATES if each.key == key), None)
