"""The columns of a file of purchases: their names, as people write them, and as our own export does."""

from community.taxonomy.text import fold

TITLE, AMOUNT, STARTS, CPV, FAMILY = "objet", "montant_ht", "debut_du_marche", "code_cpv", "famille"
NATURE, PROCEDURE, ORGANISATION = "nature", "procedure", "organisation"
LAUNCH, SOCIAL, NOTES = "lancement", "clause_sociale", "notes"
STATUS = "etat"
# The order of the export and of the model file; `etat` is for reading only.
NAMES = (TITLE, AMOUNT, STARTS, CPV, FAMILY, NATURE, PROCEDURE, ORGANISATION, LAUNCH, SOCIAL, NOTES)
REQUIRED = (TITLE, STARTS)
_SPELLINGS = {
    TITLE: ("objet", "objet du marche", "intitule", "titre", "libelle", "achat", "marche"),
    AMOUNT: ("montant", "montant ht", "montant estime", "montant estime ht", "montant en euros ht", "montant euros ht"),
    STARTS: (
        *("debut du marche", "debut", "date de debut", "date", "renouvellement", "date de renouvellement"),
        *("date renouvellement", "echeance", "date d'echeance", "debut du nouveau marche"),
    ),
    CPV: ("cpv", "code cpv"),
    FAMILY: ("famille", "famille d'achats", "famille d'achat", "code famille"),
    NATURE: ("nature",),
    PROCEDURE: ("procedure",),
    ORGANISATION: ("organisation", "acheteur", "structure"),
    LAUNCH: ("lancement", "date de lancement", "lancement de la consultation", "publication", "date de publication"),
    SOCIAL: ("clause sociale", "insertion"),
    NOTES: ("notes", "note", "remarque", "remarques", "commentaire"),
}
_BY_SPELLING = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}


def column_of(header: str) -> str:
    """The column that a heading names; empty for one that is left aside. « Montant (€ HT) » is « montant ht »."""
    words = fold(header.replace("€", "").replace("(", " ").replace(")", " ").replace(",", " "))
    return _BY_SPELLING.get(words, "")
