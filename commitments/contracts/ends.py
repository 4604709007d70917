"""Each end of a signed project in its own words: what it means, and a next step for whoever reads. Never
a bare no.
"""

from dataclasses import dataclass

from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.projects.workflow import CommitmentStatus as S


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    title: str
    kind: str
    """Of the tag and the notice: good, due, bad."""
    means: str
    to: dict[str, str]
    """What comes next, for each reader."""
    your_title: str = ""
    your_means: str = ""
    """For the person who chose this end."""


KEPT = End(
    title="Une promesse tenue",
    kind="good",
    means="Le contrat est signé, et il vaut ce qui était promis.",
    to={
        CANDIDATE: "Nous vous demanderons où vous en êtes, un clic à chaque fois : c’est ce qui prouve que cela marche.",
        COMPANY: "Merci. Vous pouvez accueillir quelqu’un d’autre en immersion quand vous voulez.",
        ADVISOR: "La personne est en emploi. Son suivi continue d’être demandé à 1, 6 et 12 mois.",
    },
)
NOT_KEPT = End(
    title="Une embauche, au-dessous de la promesse",
    kind="due",
    means="Un contrat est signé. Il vaut moins que ce qui était promis : c’est enregistré tel quel.",
    to={
        CANDIDATE: "Ce que l’entreprise a promis par écrit vous reste dû. Pour un conseil gratuit en droit du "
        "travail : 0 806 000 126.",
        COMPANY: "Si le contrat est prolongé ou corrigé, dites-le à un agent de la Région.",
        ADVISOR: "Voyez avec la personne si ce contrat lui convient.",
    },
)
ONE_SIDED = End(
    title="Un contrat déclaré par un seul côté",
    kind="due",
    means="L’entreprise a déclaré ce contrat ; la personne n’a ni confirmé ni contesté à temps. "
    "Il est compté à part.",
    your_means="L’entreprise a déclaré ce contrat ; vous ne l’avez ni confirmé ni contesté à temps. "
    "Il est compté à part.",
    to={
        CANDIDATE: "Les 30 jours pour répondre sont passés. Si ce contrat n’est pas exact, écrivez-nous : un "
        "agent de la Région le lit, et vous rappelle. La personne qui vous accompagne peut le dire aussi.",
        COMPANY: "Vous n’avez rien à faire.",
        ADVISOR: "Un mot avec la personne permettrait de savoir.",
    },
)
ENDS = {
    S.HIRED_EARLY: End(
        title="Une embauche avant la fin de la formation",
        kind="good",
        means="L’entreprise a embauché sans attendre. La place en formation est rendue. C’est compté à part.",
        to={
            CANDIDATE: "Bravo. Nous vous demanderons où vous en êtes dans 1, 6 et 12 mois.",
            COMPANY: "Merci. Vous pouvez accueillir quelqu’un d’autre en immersion.",
            ADVISOR: "La personne est en emploi. Sa formation pourra se finir autrement : parlez-en.",
        },
    ),
    S.CONDITIONS_UNMET: End(
        title="Une condition n’est pas remplie",
        kind="due",
        means="La formation est terminée, mais une condition de la promesse manque. Ce n’est la faute de "
        "personne : la promesse prend fin sans avoir été rompue.",
        to={
            CANDIDATE: "L’entreprise peut vous embaucher quand même : parlez-vous. Sinon, une autre session ou "
            "une autre entreprise du même métier vous attend.",
            COMPANY: "Vous pouvez embaucher cette personne quand même : le contrat est enregistré hors promesse, "
            "compté à part. Votre poste est libre.",
            ADVISOR: "Une autre session, un bloc qui manque, une autre entreprise : c’est le moment d’en parler.",
        },
    ),
    S.DECLINED: End(
        title="Le contrat n’est pas accepté",
        kind="due",
        means="La personne n’a pas dit oui au contrat promis. L’entreprise est libérée de sa promesse.",
        to={
            CANDIDATE: "Vous ne devez rien à personne. Votre formation vous reste, et d’autres entreprises "
            "cherchent ce métier.",
            COMPANY: "Votre poste est libre : une autre personne peut venir l’essayer en immersion.",
            ADVISOR: "Un mot de vous l’aidera pour la suite.",
        },
        your_means="Vous n’avez pas dit oui au contrat promis. L’entreprise est libérée de sa promesse.",
    ),
    S.DROPPED_OUT: End(
        title="La formation s’est arrêtée",
        kind="due",
        means="La formation n’est pas allée jusqu’au bout : la promesse prend fin avec elle.",
        to={
            CANDIDATE: "Une autre session est possible, parfois sans tout recommencer. Parlez-en avec la personne "
            "qui vous accompagne.",
            COMPANY: "Votre poste est libre : une autre personne peut venir l’essayer en immersion.",
            ADVISOR: "La personne a besoin de vous : pourquoi cela s’est arrêté, et par où reprendre.",
        },
    ),
    S.BROKEN_BY_COMPANY: End(
        title="La promesse est rompue par l’entreprise",
        kind="bad",
        means="Une promesse unilatérale de contrat de travail engage celui qui la signe (code civil, article "
        "1124) : la rompre n’empêche pas que le contrat soit dû, ou réparé devant le conseil de prud’hommes.",
        to={
            CANDIDATE: "Pour un conseil gratuit en droit du travail : 0 806 000 126. Votre formation peut "
            "continuer, et d’autres entreprises cherchent ce métier.",
            COMPANY: "La personne peut demander réparation. Pour un conseil : 0 806 000 126. Un agent de la "
            "Région vous appelle.",
            ADVISOR: "La personne a besoin de vous : garder sa formation, trouver une autre entreprise.",
        },
    ),
    S.WITHDRAWN_BY_CANDIDATE: End(
        title="La personne s’est retirée",
        kind="due",
        means="L’engagement de formation ne prévoit aucune pénalité. La place est rendue.",
        to={
            CANDIDATE: "D’autres immersions vous attendent, quand vous voulez.",
            COMPANY: "Votre poste est libre : une autre personne peut venir l’essayer en immersion.",
            ADVISOR: "Un mot de vous l’aidera pour la suite.",
        },
        your_title="Vous vous êtes retiré·e",
        your_means="Vous ne devez rien à personne. Votre place en formation est rendue.",
    ),
    S.NO_SEAT: End(
        title="Aucune place en formation",
        kind="bad",
        means="Aucune session n’a pu accueillir la personne. Ce n’est ni son fait, ni celui de l’entreprise.",
        your_means="Aucune session n’a pu vous accueillir. Ce n’est ni votre fait, ni celui de l’entreprise.",
        to={
            CANDIDATE: "De nouvelles sessions ouvrent chaque semaine. Si l’entreprise est toujours d’accord, vous "
            "pouvez proposer un nouveau projet.",
            COMPANY: "Vous pouvez proposer un nouveau projet à la prochaine session, ou embaucher sans formation.",
            ADVISOR: "Un agent de la Région est prévenu : cherchez ensemble une autre session.",
        },
    ),
}
