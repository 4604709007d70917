"""Which addresses prove that one belongs to an organisation."""

# Anybody may open an address there: the same domain proves nothing.
PUBLIC = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com
    yahoo.com yahoo.fr ymail.com icloud.com me.com mac.com aol.com aol.fr gmx.com gmx.fr gmx.net
    gmx.de web.de t-online.de mail.com zoho.com proton.me protonmail.com protonmail.ch pm.me
    tutanota.com tuta.io tuta.com posteo.net mailo.com mailo.fr net-c.com net-c.fr orange.fr
    wanadoo.fr voila.fr laposte.net free.fr freesbee.fr aliceadsl.fr online.fr libertysurf.fr
    sfr.fr neuf.fr cegetel.net club-internet.fr numericable.fr noos.fr bbox.fr ovh.fr nordnet.fr
    9online.fr 9business.fr evc.net estvideo.fr vialis.net pt.lu vo.lu skynet.be telenet.be
    bluewin.ch yopmail.com mailinator.com jetable.org
    """.split()
)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def same_domain(email: str, published: str) -> bool:
    """Do both addresses come from the same house, and not from a provider open to all?"""
    domain = domain_of(published)
    return bool(domain) and domain not in PUBLIC and domain_of(email) == domain


def hidden(email: str) -> str:
    """« c…t@atelier.fr »: enough to be recognised by who knows it."""
    name, _, domain = email.rpartition("@")
    return f"{name[0]}…{name[-1]}@{domain}" if name else ""
