"""The closed lists of an agreement, and the sentences that stand in every one of them."""

from immersions.agreements.facts import Purpose

EMPLOYED = "employed"
SITUATIONS = [
    ("registered", "Je cherche un emploi, inscrit·e à France Travail"),
    ("not_registered", "Je cherche un emploi, sans y être inscrit·e"),
    (EMPLOYED, "Je travaille (salarié·e)"),
    ("other", "Autre situation"),
]
SITUATIONS_SAID = {
    "registered": "demandeur d’emploi inscrit à France Travail",
    "not_registered": "demandeur d’emploi non inscrit",
    EMPLOYED: "salarié",
    "other": "autre situation",
}
PURPOSES = [
    (Purpose.DISCOVER.value, "Découvrir un métier ou un secteur"),
    (Purpose.CONFIRM.value, "Confirmer un projet professionnel"),
    (Purpose.RECRUIT.value, "Commencer un recrutement"),
]
# D.4153-15 to D.4153-35, in plain words.
HAZARDS = [
    ("chemicals", "Produits chimiques dangereux, amiante"),
    ("biological", "Agents biologiques dangereux"),
    ("vibration", "Fortes vibrations"),
    ("radiation", "Rayonnements"),
    ("pressure", "Milieu sous pression"),
    ("electric", "Risque électrique, pièces nues sous tension"),
    ("collapse", "Démolition, tranchées, risque d’effondrement"),
    ("machines", "Machines dangereuses, entretien de machines en marche"),
    ("driving", "Conduite d’engins ou de tracteurs"),
    ("height", "Travail en hauteur sans protection collective, échafaudages"),
    ("confined", "Espace confiné, cuves, puits"),
    ("heat", "Verre ou métal en fusion, températures extrêmes"),
    ("animals", "Abattage, animaux dangereux"),
    ("violence", "Actes ou images violents ou pornographiques"),
]

TITLE = "Convention de mise en situation en milieu professionnel"
ACCIDENT = (
    "En cas d’accident, pendant l’immersion ou sur le trajet, l’entreprise prévient l’organisme prescripteur "
    "dans les 24 heures. L’organisme prescripteur déclare l’accident à la caisse primaire d’assurance maladie "
    "dans les 48 heures. En cas d’urgence : le 15 ou le 112."
)
COMMITMENTS = [
    (
        "La personne accueillie garde son statut, et le régime d’indemnisation qu’elle avait avant. Elle n’est pas "
        "payée par l’entreprise, et n’a pas de contrat de travail avec elle (articles L.5135-3 et L.5135-6)."
    ),
    (
        "L’immersion ne sert pas à exécuter une tâche régulière correspondant à un poste permanent, à faire face à un "
        "surcroît temporaire d’activité, à occuper un emploi saisonnier ou à remplacer un salarié absent "
        "(article L.5135-7)."
    ),
    (
        "La personne suit les règles de l’entreprise : règlement intérieur, hygiène et sécurité, horaires, discrétion. "
        "Elle a accès aux moyens de transport et aux installations collectives dont disposent les salariés."
    ),
    (
        "L’entreprise confie la personne à un tuteur, qui l’accueille, l’aide, lui transmet les consignes d’hygiène et "
        "de sécurité, et fait le point avec elle. Elle est couverte par une assurance de responsabilité civile."
    ),
    (
        "L’organisme prescripteur suit le bon déroulement de l’immersion. La personne est couverte contre les "
        "accidents du travail et les maladies professionnelles pendant l’immersion et sur le trajet."
    ),
    "Chacun peut arrêter l’immersion en prévenant les autres. La structure qui accompagne en est avertie aussitôt.",
]
