import datetime as dt

import pytest
from django.utils import timezone

from core.rules import RuleBroken, constraints_speak
from territories.factories import OccupationFactory
from trainings.factories import (
    SessionFactory,
    TrainingActionFactory,
    TrainingFactory,
    TrainingOrganisationFactory,
)
from trainings.models import (
    Session,
    Training,
    TrainingAction,
    TrainingOccupation,
    TrainingOrganisation,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("make", "facts", "sentence"),
    [
        (SessionFactory, {"starts_on": TODAY, "ends_on": YESTERDAY}, "précéder le premier"),
        (SessionFactory, {"seats_total": -1}, "ne peut pas être négatif"),
        (SessionFactory, {"seats_left": -1}, "ne peut pas être négatif"),
        (SessionFactory, {"seats_total": 3, "seats_left": 4}, "plus de places que la session"),
        (
            SessionFactory,
            {"registration_starts_on": TODAY, "registration_ends_on": YESTERDAY},
            "finir avant de commencer",
        ),
        (SessionFactory, {"status": "perhaps"}, "n’existe pas"),
        (TrainingFactory, {"level_out": 9}, "de 0 à 8"),
        (TrainingFactory, {"level_in": -1}, "de 0 à 8"),
        (TrainingFactory, {"hours_total": -1}, "ne peut pas être négatif"),
        (TrainingFactory, {"source": "elsewhere"}, "n’existe pas"),
        (TrainingActionFactory, {"latitude": None}, "une latitude et une longitude"),
        (TrainingActionFactory, {"x": None}, "une latitude et une longitude"),
        (TrainingActionFactory, {"hours_in_centre": -1}, "ne peut pas être négatif"),
        (TrainingActionFactory, {"funded_seats": -1}, "ne peut pas être négatif"),
        (TrainingActionFactory, {"teaching_mode": "telepathy"}, "n’existe pas"),
        (TrainingOrganisationFactory, {"siret": "123"}, "14 chiffres"),
        (TrainingOrganisationFactory, {"source": "elsewhere"}, "n’existe pas"),
    ],
)
def test_the_database_refuses_it_with_a_sentence(make, facts, sentence):
    models = (Session, Training, TrainingAction, TrainingOrganisation)
    with pytest.raises(RuleBroken, match=sentence), constraints_speak(*models):
        make(**facts)


def test_a_number_of_the_catalogue_is_borne_once():
    training = TrainingFactory()
    with pytest.raises(RuleBroken, match="déjà ce numéro"), constraints_speak(Training):
        TrainingFactory(external_id=training.external_id)
    action = TrainingActionFactory()
    with pytest.raises(RuleBroken, match="déjà une action"), constraints_speak(TrainingAction):
        TrainingActionFactory(training=action.training, external_id=action.external_id)
    session = SessionFactory()
    with pytest.raises(RuleBroken, match="déjà une session"), constraints_speak(Session):
        SessionFactory(action=session.action, external_id=session.external_id)


def test_a_training_leads_to_an_occupation_once():
    mason = OccupationFactory()
    training = TrainingFactory(leads_to=[mason])
    with pytest.raises(RuleBroken, match="mène déjà"), constraints_speak(TrainingOccupation):
        TrainingOccupation.objects.create(training=training, occupation=mason)
