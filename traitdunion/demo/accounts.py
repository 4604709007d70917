"""Who to be in the demo: one account per role, and what to look at."""

from dataclasses import dataclass

from candidates.structures.demo import ADVISOR

DOMAIN = "demo.example"
ADMIN = f"admin@{DOMAIN}"
AGENT = f"agent@{DOMAIN}"
AGENT_54 = f"agent54@{DOMAIN}"
REGION_BOX = f"region@{DOMAIN}"  # No account: where the Region reads what comes to it.
CANDIDATE = f"lea.martin@{DOMAIN}"
IN_TRAINING = f"nina.colin@{DOMAIN}"
TO_CONFIRM = f"theo.mangin@{DOMAIN}"
BROKEN = f"louise.pierron@{DOMAIN}"
HIRED = f"amelie.noirot@{DOMAIN}"
COMPANY = f"entreprise@{DOMAIN}"
COLLEAGUE = f"collegue@{DOMAIN}"
TRAINER = f"organisme@{DOMAIN}"
TRAINER_54 = f"organisme54@{DOMAIN}"
UNCONFIRMED = f"membre-non-confirme@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    role: str
    email: str
    see: str
    path: str


ACCOUNTS = (
    DemoAccount(
        "Demandeuse d’emploi",
        CANDIDATE,
        "Neuf candidatures : un rendez-vous à choisir, une question, une convention en route, une attestation.",
        "/candidat/",
    ),
    DemoAccount(
        "Demandeuse d’emploi, en formation",
        IN_TRAINING,
        "Une formation commencée : « tout va bien ? », un stage en cours, une date à signer ; le parcours sur une page.",
        "/candidat/parcours/",
    ),
    DemoAccount(
        "Demandeur d’emploi, formation terminée",
        TO_CONFIRM,
        "L’entreprise a donné le contrat : à confirmer, ou à contester.",
        "/candidat/",
    ),
    DemoAccount(
        "Demandeuse d’emploi, promesse rompue",
        BROKEN,
        "L’entreprise a rompu la promesse : la formation continue, et la suite est proposée.",
        "/candidat/",
    ),
    DemoAccount(
        "Demandeuse d’emploi, embauchée",
        HIRED,
        "Une promesse tenue : le contrat, et ce que l’on demande ensuite.",
        "/candidat/parcours/",
    ),
    DemoAccount(
        "Entreprise",
        COMPANY,
        "Des candidatures à lire, des conventions à signer ; « Projets » : qui se forme, qui embaucher, un contrat contesté.",
        "/entreprise/",
    ),
    DemoAccount(
        "Entreprise non vérifiée",
        UNCONFIRMED,
        "Une offre publiée, deux candidatures que l’on ne peut pas encore lire.",
        "/entreprise/",
    ),
    DemoAccount(
        "Collègue en attente",
        COLLEAGUE,
        "A demandé à rejoindre Lorraine Bâti Doux : rien ne s’ouvre encore.",
        "/entreprise/",
    ),
    DemoAccount(
        "Conseillère",
        ADVISOR,
        "Des personnes suivies, dont une à appeler, deux demandes, des conventions à compléter et valider, des bilans.",
        "/conseiller/",
    ),
    DemoAccount(
        "Organisme de formation, à Metz",
        TRAINER,
        "Des demandes de place, une liste d’attente, une entrée à confirmer, un résultat à donner, des stages en cours.",
        "/organisme/",
    ),
    DemoAccount(
        "Organisme de formation, à Nancy",
        TRAINER_54,
        "Le même espace, d’autres sessions : une demande à lire, une place refusée, deux personnes embauchées.",
        "/organisme/",
    ),
    DemoAccount(
        "Agent de la Région",
        AGENT,
        "Toute la région : offres à relire, besoins de formation, candidatures, messages.",
        "/admin/",
    ),
    DemoAccount(
        "Agente de Meurthe-et-Moselle",
        AGENT_54,
        "La même administration, réduite à un département.",
        "/admin/",
    ),
    DemoAccount("Administration technique", ADMIN, "Tout, y compris les territoires des agents.", "/admin/"),
)
