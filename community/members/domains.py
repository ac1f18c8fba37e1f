"""What an e-mail address says of the person: the domain of an employer, of a public provider, of the demonstration."""

DEMO_DOMAIN = "demo.entraide.example"

# Anyone may open an address there: it never verifies anyone, whoever confirms the domain.
PUBLIC_PROVIDERS = frozenset(
    [
        "aliceadsl.fr",
        "aol.com",
        "aol.fr",
        "bbox.fr",
        "caramail.com",
        "club-internet.fr",
        "cegetel.net",
        "duck.com",
        "fastmail.com",
        "fastmail.fm",
        "free.fr",
        "freesbee.fr",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.fr",
        "gmx.net",
        "googlemail.com",
        "hey.com",
        "hotmail.be",
        "hotmail.co.uk",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "infonie.fr",
        "la-poste.net",
        "laposte.net",
        "live.be",
        "live.com",
        "live.fr",
        "mac.com",
        "mail.com",
        "mail.ru",
        "mailo.com",
        "mailfence.com",
        "me.com",
        "msn.com",
        "neuf.fr",
        "netcourrier.com",
        "noos.fr",
        "nordnet.fr",
        "numericable.fr",
        "numericable.com",
        "orange.fr",
        "outlook.be",
        "outlook.com",
        "outlook.fr",
        "pm.me",
        "posteo.de",
        "posteo.net",
        "proton.me",
        "protonmail.ch",
        "protonmail.com",
        "rocketmail.com",
        "sfr.fr",
        "tele2.fr",
        "tiscali.fr",
        "tuta.com",
        "tuta.io",
        "tutanota.com",
        "vivaldi.net",
        "voila.fr",
        "wanadoo.fr",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.fr",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zaclys.com",
        "zoho.com",
        "10minutemail.com",
        "guerrillamail.com",
        "jetable.org",
        "mailinator.com",
        "tempmail.com",
        "temp-mail.org",
        "trashmail.com",
        "yopmail.com",
        "yopmail.fr",
    ]
)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def is_public_provider(domain: str) -> bool:
    """Subdomains included: whoever sells addresses sells those too."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in PUBLIC_PROVIDERS for start in range(len(labels) - 1))


def is_demo_account(email: str) -> bool:
    return domain_of(email) == DEMO_DOMAIN
