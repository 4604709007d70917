"""What a promise may say, in sentences: the same facts as the constraints, said before them."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils import timezone

from accounts.models import check_siret
from commitments.projects import posts, steps
from commitments.projects.halves import SIX_MONTHS, Carrier, Condition, HiringPromise, LegalMinimum
from commitments.projects.models import Commitment
from core import french
from core.rules import RuleBroken
from immersions.offers.models import Contract

NINE_MONTHS = 9
LONGEST = dt.timedelta(days=3 * 366)
# What a condition must name: which field says it, and the sentence when it does not.
NAMED = {
    Condition.CERTIFIED: ("certification", "Dites quelle certification est attendue."),
    Condition.LICENCE: ("licence", "Dites quel permis ou quelle habilitation la loi exige."),
}
NO_CARRIER = "Dites qui est l’employeur, avec son SIRET."


def check_promise(commitment: Commitment, promise: HiringPromise, step: steps.Step) -> None:
    """What this page says is sound; the first fault is raised."""
    for fault in faults_of(commitment, promise, step):
        raise fault


def faults_of(commitment: Commitment, promise: HiringPromise, step: steps.Step) -> Iterator[RuleBroken]:
    """All that is wrong on this page, rule by rule: nobody corrects one to discover the next."""
    for rule in RULES[step]:
        try:
            rule(commitment, promise)
        except RuleBroken as fault:
            yield fault


def check_pay(commitment: Commitment, promise: HiringPromise) -> None:
    least = promise.legal_minimum_monthly
    if least and promise.pay_gross_monthly and promise.pay_gross_monthly < least:
        raise RuleBroken(
            f"Ce salaire est sous le minimum légal : {euros(least)} brut par mois pour "
            f"{hours(promise.hours_weekly)} par semaine.",
            code="hiringpromise_pays_the_legal_minimum",
        )


def check_todays_pay(promise: HiringPromise) -> None:
    """The minimum may have risen between the page and the signature."""
    if (least := risen_minimum(promise)) is not None:
        raise RuleBroken(
            f"Le minimum légal a augmenté depuis que cette promesse est écrite : {euros(least)} brut par mois "
            f"pour {hours(promise.hours_weekly)} par semaine. L’entreprise corrige la page « Le poste et le "
            "salaire », puis chacun signe le nouveau texte.",
            code="below_todays_minimum",
        )


def risen_minimum(promise: HiringPromise, laws: dict[str, LegalMinimum] | None = None) -> Decimal | None:
    """Today's minimum, when the promised pay has become lower than it."""
    least = minimum_today(promise, laws)
    pay = promise.pay_gross_monthly
    return least if least is not None and pay is not None and pay < least else None


def minimum_today(promise: HiringPromise, laws: dict[str, LegalMinimum] | None = None) -> Decimal | None:
    """For its contract and its hours. `laws`: those of today, read once for many promises."""
    known = LegalMinimum.all_on(timezone.localdate()) if laws is None else laws
    law = LegalMinimum.of(promise.contract, known)
    return law.monthly(promise.hours_weekly) if law is not None and promise.hours_weekly else None


def check_length(commitment: Commitment, promise: HiringPromise) -> None:
    if promise.contract != Contract.CDI and (promise.months or 0) < SIX_MONTHS:
        raise RuleBroken(
            "Le contrat promis est un CDI, ou dure au moins 6 mois.", code="hiringpromise_lasts_six_months"
        )


def check_motive(commitment: Commitment, promise: HiringPromise) -> None:
    if promise.contract in (Contract.CDD, Contract.TEMP) and not promise.fixed_term_reason:
        raise RuleBroken(
            "Un contrat à durée déterminée a un motif prévu par la loi.",
            code="hiringpromise_fixed_term_has_its_reason",
        )


def check_missions(commitment: Commitment, promise: HiringPromise) -> None:
    if promise.contract == Contract.TEMP:
        within = promise.within_months or 0
        if not (promise.months or 0) <= within <= NINE_MONTHS:
            raise RuleBroken(
                "Les missions font 6 mois au moins, sur 9 mois au plus.",
                code="hiringpromise_missions_within_nine_months",
            )


def check_start(commitment: Commitment) -> None:
    starts_by, ends_on, today = commitment.starts_by, commitment.training_ends_on, timezone.localdate()
    if starts_by is None:
        raise RuleBroken("Dites à quelle date l’embauche a lieu au plus tard.", code="starts_by")
    if ends_on and starts_by <= ends_on:
        raise RuleBroken(
            f"L’embauche vient après la fin de la formation, le {french.day(ends_on, year=True)}.",
            code="commitment_starts_after_the_training",
        )
    if not today < starts_by <= today + LONGEST:
        raise RuleBroken("Choisissez une date à venir, dans les trois ans.", code="starts_by")


def check_named(condition: Condition) -> Callable[[Commitment, HiringPromise], None]:
    field, sentence = NAMED[condition]

    def check(commitment: Commitment, promise: HiringPromise) -> None:
        if condition in promise.conditions and not getattr(promise, field):
            raise RuleBroken(sentence, code=field)

    return check


def check_carrier(commitment: Commitment, promise: HiringPromise) -> None:
    if promise.carrier:
        if not promise.carrier_name:
            raise RuleBroken(NO_CARRIER, code="hiringpromise_carrier_is_named")
        promise.carrier_siret = check_siret(promise.carrier_siret)


def check_agency(commitment: Commitment, promise: HiringPromise) -> None:
    """An agency alone employs for missions; who works at its client under its contract is on missions, or in CDI."""
    if promise.contract == Contract.TEMP and promise.carrier != Carrier.AGENCY:
        raise RuleBroken(
            "Des missions d’intérim sont promises par une agence d’intérim : dites laquelle.", code="carrier"
        )
    if promise.carrier == Carrier.AGENCY and promise.contract not in (Contract.TEMP, Contract.CDI):
        raise RuleBroken(
            "Une agence d’intérim promet des missions ou un CDI : corrigez la page « Le poste et le salaire ».",
            code="carrier",
        )


def check_signatory(commitment: Commitment, promise: HiringPromise) -> None:
    if promise.signatory_email.lower() == commitment.candidate.user.email.lower():
        raise RuleBroken("Cette adresse est celle de la personne embauchée.", code="signatory_email")


RULES: dict[steps.Step, tuple[Callable[[Commitment, HiringPromise], None], ...]] = {
    steps.JOB: (check_pay, lambda commitment, promise: posts.check_written(commitment)),
    steps.CONTRACT: (
        check_length,
        check_motive,
        check_missions,
        lambda commitment, promise: check_start(commitment),
    ),
    steps.CONDITIONS: tuple(check_named(it) for it in NAMED),
    steps.SIGNATORY: (check_carrier, check_agency, check_signatory),
}


def euros(amount: object) -> str:
    """« 1 823,03 € », with the plain space of the texts that were signed."""
    return french.euros(amount).replace("\N{NO-BREAK SPACE}€", " €")


def hours(number: object) -> str:
    """« 35 h », « 17,5 h »."""
    return f"{float(number):g} h".replace(".", ",")  # type: ignore[arg-type]
