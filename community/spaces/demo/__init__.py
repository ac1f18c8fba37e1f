"""Invented people, organisations and spaces, in French, to try the product with. Loopback only: see `serve`."""

PASSWORD = "entraide-demo-2026"  # noqa: S105  public on purpose, refused outside loopback
DOMAIN = "demo.entraide.example"

# (e-mail, password, what the account shows), in the order in which they are printed.
DEMO_ACCOUNTS = tuple(
    (f"{name}@{DOMAIN}", PASSWORD, role)
    for name, role in (
        ("nora", "acheteuse en agglomération"),
        ("clemence", "juriste, donne des avis d’expert, décide des clauses"),
        ("viviane", "animatrice de réseau"),
        ("maelys", "agente d’hôpital"),
        ("marcel", "élu"),
        ("nouvelle", "membre non vérifiée"),
        ("admin", "administration"),
    )
)
