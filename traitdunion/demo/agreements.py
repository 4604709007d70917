"""The agreements of the demo: filled through the site's own forms, signed, refused, made elsewhere."""

import datetime as dt
from typing import Any

import pgtrigger

from core.signing.evidence import Evidence
from immersions.agreements import actions, steps
from immersions.agreements.forms import FORMS
from immersions.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementVersion,
    Part,
    Party,
    Signature,
)
from immersions.agreements.period import days_of
from immersions.agreements.sign_actions import sign_agreement
from immersions.facilitee.actions import record_external
from territories.working_days import is_working_day
from traitdunion.demo.past import Past
from traitdunion.demo.story import Story
from traitdunion.demo.tables import chance

STREETS = (
    "rue de la Fontaine",
    "rue des Vergers",
    "allée des Tilleuls",
    "rue du Pressoir",
    "chemin des Vignes",
)
FROZEN = (
    "immersions.AgreementVersion:version_is_never_changed",
    "immersions.Signature:signature_is_never_changed",
)
LEGAL_FORMS = (("Résidence", "Association"), ("Crèche", "Association"), ("", "SARL"))
PREVENTION = (
    "Gestes et postures montrés le premier matin. Machines et produits dangereux : la personne regarde, et n’y "
    "touche pas."
)


def _save(agreement: Agreement, step: steps.Step, story: Story, **typed: Any) -> None:
    """One page, as the form reads it: what it proposes, and what was typed over it."""
    form_class = FORMS[step.slug]
    form = form_class({**form_class.likely(agreement), **typed}, agreement=agreement)
    if not form.is_valid():
        raise ValueError(
            f"{story.row['candidate']} {story.row['offer']} {step.slug}: {form.errors.as_json()}"
        )
    by = story.person if step.party == Party.CANDIDATE else story.company
    actions.save_step(agreement, step, form.answers(), by=by, seen="")


def about(story: Story) -> None:
    """The person's own page."""
    key = story.row["candidate"]
    born = dt.date(
        1972 + chance(f"{key} year", 32), 1 + chance(f"{key} month", 12), 1 + chance(f"{key} day", 28)
    )
    _save(
        story.agreement,
        steps.ABOUT_YOU,
        story,
        birth_date=born.isoformat(),
        address=f"{1 + chance(f'{key} house', 60)} {STREETS[chance(f'{key} street', len(STREETS))]}",
        situation="registered",
    )


def greet(story: Story, agreement: Agreement | None = None) -> None:
    """Who welcomes, who signs."""
    company, tutor = story.offer.company, story.offer.detail.tutor_name
    _save(
        agreement or story.agreement,
        steps.WELCOME,
        story,
        legal_form=next(form for start, form in LEGAL_FORMS if company.name.startswith(start)),
        activity=french_activity(company.description),
        signatory_job="Direction",
        tutor_job=story.offer.detail.tutor_job or "Direction",
        tutor_email=tutor_address(tutor, story.company.email),
    )


def french_activity(description: str) -> str:
    """What the company does, in the first words of how it presents itself."""
    return description.split(" : ")[0].split(".")[0][:160]


def tutor_address(tutor: str, company_email: str) -> str:
    plain = tutor.lower().replace(" ", "-").translate(str.maketrans("éèêëàâîïôöûüç", "eeeeaaiioouuc"))
    first, _, last = plain.partition("-")
    domain = company_email.split("@")[1]
    return f"{first}.{last}@{domain}"


def tutor(story: Story) -> None:
    """« Faites-le remplir par le tuteur »: a link, without an account."""
    actions.ask_tutor(story.agreement, by=story.company)


def welcome(story: Story) -> None:
    """All four pages of the company."""
    agreement, detail = story.agreement, story.offer.detail
    greet(story, agreement)
    _save(agreement, steps.HOURS, story, **hours(story, agreement))
    objectives = f"Savoir si ce métier convient, au quotidien : {story.offer.title}."
    _save(agreement, steps.WORK, story, objectives=objectives)
    equipment = detail.clothes or "Aucun matériel particulier"
    _save(agreement, steps.SAFETY, story, equipment=equipment, prevention=PREVENTION, no_replacement="on")


def hours(story: Story, agreement: Agreement) -> dict[str, str]:
    """As booked, but for public holidays."""
    department = story.offer.commune.department_id
    closed = [day.isoformat() for day in days_of(agreement) if not is_working_day(day, department)]
    rest = {f"{day}_{number}": "" for day in closed for number in range(1, 5)}
    return {"why": "Ce sont les horaires de l’équipe."} | rest


def sign(story: Story, by: Any, *, is_entitled: bool = False) -> None:
    agreement = story.agreement
    seen = agreement.version.number
    sign_agreement(agreement, by=by, seen=seen, evidence=Evidence(), is_entitled=is_entitled)


def refuse(story: Story) -> None:
    actions.refuse_agreement(story.agreement, by=story.advisor, words=story.row["words"])


def external(story: Story) -> None:
    """Made on Immersion Facilitée, confirmed here by the structure."""
    number = f"DEMO-{chance(story.row['candidate'] + story.row['offer'], 90_000) + 10_000}"
    record_external(story.application, number, by=story.advisor, is_confirmed=True)


STEPS = {
    "about": about,
    "greet": greet,
    "tutor": tutor,
    "welcome": welcome,
    "sign-candidate": lambda story: sign(story, story.person),
    "sign-company": lambda story: sign(story, story.company, is_entitled=True),
    "sign-advisor": lambda story: sign(story, story.advisor),
    "refuse": refuse,
    "external": external,
}


def move(past: Past, moment: dt.datetime, story: Story) -> None:
    """What the last step has written about the agreement. A frozen text keeps its words: only its date moves."""
    for agreement in Agreement.objects.filter(application=story.application):
        past.move(moment, Agreement, "id", agreement.pk)
        for model in (AgreementEvent, Part):
            past.move(moment, model, "agreement_id", agreement.pk)
        versions = list(agreement.versions.values_list("pk", flat=True))
        if versions:
            with pgtrigger.ignore(*FROZEN):
                past.move(moment, AgreementVersion, "agreement_id", agreement.pk)
                past.move(moment, Signature, "version_id", *versions)
