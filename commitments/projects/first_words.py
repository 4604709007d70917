"""What the first installation begins with: the words of a promise for every region, the legal minimums.

Read by a migration and by tests; agents write the next versions in the admin.
"""

WORDING = {
    "title": "Projet emploi-formation",
    "law": "Article 1124 du code civil (promesse unilatérale de contrat) ; code du travail",
    "means": """{entreprise} promet d’embaucher {candidat} à la fin de la formation nommée ici, dans les \
conditions écrites ici.
{candidat} s’engage à suivre cette formation, et à y faire son stage chez {entreprise_d_accueil}.
Une place est tenue dans cette session dès que les deux ont signé.
La promesse tient tant que la formation se passe : si la place est refusée, une autre session est proposée et \
la promesse reste.""",
    "does_not_mean": """Ce n’est pas le contrat de travail : il sera signé à la fin de la formation.
Ce n’est pas une admission : l’organisme de formation et le conseiller donnent encore leur accord.
{candidat} ne doit rien à personne en changeant d’avis : l’engagement de formation ne prévoit ni pénalité ni \
remboursement.
{entreprise} ne peut pas ajouter de condition qui n’est pas écrite ici.""",
    "company_says": """{entreprise} promet ce contrat de travail à {candidat}, qui reste libre de l’accepter ou non.
L’embauche a lieu le premier jour ouvré après la formation, et au plus tard à la date écrite ici.
Si le minimum légal a augmenté ce jour-là, c’est lui qui est payé.""",
    "candidate_says": """{candidat} s’engage à suivre la formation nommée ici, du premier au dernier jour, et à \
prévenir en cas d’absence.
{candidat} répond dans les 15 jours à la proposition de contrat, par oui ou par non.""",
    "if_it_stops": """Chacun le dit ici, avec la raison. La place est rendue, et la personne qui accompagne est \
prévenue.
Pour {entreprise}, cette promesse est un contrat : ne pas la tenir peut ouvrir droit à des dommages et intérêts \
devant le conseil de prud’hommes.""",
    "breaking": """Votre promesse est un contrat (article 1124 du code civil). La retirer pendant le délai \
laissé à {candidat} n’empêche pas le contrat promis de se former.
Si vous ne la tenez pas, {candidat} peut demander des dommages et intérêts au conseil de prud’hommes.
Un changement de date ou de session se règle autrement : proposez une modification, que vous signez tous les deux.
Pour vous renseigner, gratuitement : votre chambre de métiers ou de commerce, votre organisation \
professionnelle, ou le service de renseignement en droit du travail (0 806 000 126, service gratuit).""",
}

APPRENTICE = "Article D.6222-26 du code du travail : 27 % du SMIC, le plus bas en alternance"
# (contract, from, hourly gross, source)
MINIMUMS = [
    ("", "2024-11-01", "11.88", "Décret n° 2024-951 du 23 octobre 2024"),
    ("", "2026-01-01", "12.02", "Décret n° 2025-1228 du 17 décembre 2025"),
    ("alternance", "2024-11-01", "3.20", APPRENTICE),
    ("alternance", "2026-01-01", "3.24", APPRENTICE),
]
