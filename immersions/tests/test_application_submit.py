"""« Je voudrais essayer »: who may ask, for what, and who is told."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import MembershipFactory
from candidates.factories import CandidateFactory
from companies.factories import CompanyFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications.actions import submit_application
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from immersions.offers.models import DateMode
from immersions.offers.writing import answer_contact

pytestmark = pytest.mark.django_db


def submit(offer, candidate=None, **answers):
    candidate = candidate or CandidateFactory()
    return submit_application(offer, candidate=candidate, by=candidate.user, **answers)


def kinds_to(address: str) -> list[str]:
    messages = OutgoingMessage.objects.filter(to=address).order_by("pk")
    return [message.kind.removeprefix("immersions/") for message in messages]


class TestSubmit:
    def test_tells_both_once_it_is_certain(self, commit, mailoutbox):
        slot = SlotFactory()
        candidate = CandidateFactory()
        with commit():
            application = submit(slot.offer, candidate, slots=[slot], why="Le grand air")
            assert mailoutbox == []
        assert application.status == ApplicationStatus.SUBMITTED
        assert list(application.wished_slots.all()) == [slot]
        event = application.events.get()
        assert (event.transition, event.role, event.by) == ("submit", "candidate", candidate.user)
        assert kinds_to(candidate.user.email) == ["receipt"]
        [member] = slot.offer.company.confirmed_members()
        assert kinds_to(member.email) == ["application"]
        assert kinds_to("jeanne.muller@pierre-et-chaux.example.org") == ["application"]
        assert len(mailoutbox) == 3
        assert not any("&" in mail.subject and ";" in mail.subject for mail in mailoutbox)

    def test_before_the_booking_the_company_reads_a_first_name_and_answers_only(self, commit, mailoutbox):
        candidate = CandidateFactory(user__last_name="Zimmermann", user__phone="06 98 76 54 32")
        with commit():
            application = submit(OfferFactory(), candidate, why="Voir mon travail debout")
        told = [mail for mail in mailoutbox if mail.to != [candidate.user.email]]
        assert told
        for mail in told:
            whole = mail.subject + mail.body + mail.alternatives[0].content
            assert "Voir mon travail debout" in whole
            assert "Zimmermann" not in whole
            assert "06 98 76 54 32" not in whole
            assert candidate.user.email not in whole
        assert application.candidate == candidate

    def test_nobody_unverified_reads_about_a_person(self, commit, mailoutbox):
        company = CompanyFactory(member__unconfirmed=True)
        offer = OfferFactory(workplace__company=company)
        with commit():
            submit(offer, CandidateFactory(user__first_name="Ysaline"), why="Le grand air")
        told = [mail for mail in mailoutbox if "Ysaline" not in mail.body]
        assert len(told) == 1, "the member who is not confirmed, and not the contact that they typed"
        assert "Le grand air" not in told[0].body

    def test_a_contact_typed_by_who_is_not_confirmed_reads_nothing_once_a_colleague_is(
        self, commit, mailoutbox
    ):
        company = CompanyFactory(member__unconfirmed=True)
        typist = company.organisation.memberships.get().user
        offer = OfferFactory(workplace__company=company, visit=True)
        elsewhere = {"contact_name": "Zoé", "contact_email": "zoe@example.net", "contact_phone": ""}
        answer_contact(offer, elsewhere, by=typist)
        colleague = MembershipFactory(organisation=company.organisation).user
        with commit():
            submit(offer, CandidateFactory())
        assert ["zoe@example.net"] not in [mail.to for mail in mailoutbox]
        assert [colleague.email] in [mail.to for mail in mailoutbox]

    def test_a_contact_that_a_confirmed_member_gave_is_told(self, commit, mailoutbox):
        offer = OfferFactory(visit=True)
        member = offer.company.confirmed_members().get()
        elsewhere = {"contact_name": "Zoé", "contact_email": "zoe@example.net", "contact_phone": ""}
        answer_contact(offer, elsewhere, by=member)
        with commit():
            submit(offer, CandidateFactory())
        assert ["zoe@example.net"] in [mail.to for mail in mailoutbox]

    def test_a_member_whose_account_is_closed_is_not_written_to(self, commit, mailoutbox):
        company = CompanyFactory(member__unconfirmed=True, member__user__is_active=False)
        candidate = CandidateFactory()
        with commit():
            submit(OfferFactory(workplace__company=company), candidate)
        assert [mail.to for mail in mailoutbox] == [[candidate.user.email]]

    def test_a_contact_who_left_the_company_reads_nothing_any_more(self, commit, mailoutbox):
        offer, candidate = OfferFactory(), CandidateFactory()
        left = MembershipFactory(organisation=offer.company.organisation, former=True).user
        offer.detail.contact_email = left.email.upper()
        offer.detail.save()
        with commit():
            submit(offer, candidate)
        assert left.email not in [address.lower() for mail in mailoutbox for address in mail.to]
        assert len(mailoutbox) == 2

    def test_books_at_once_where_the_company_chose_so(self, commit, mailoutbox):
        slot = SlotFactory(offer__books_instantly=True)
        candidate = CandidateFactory()
        with commit():
            application = submit(slot.offer, candidate, slots=[slot])
        assert application.status == ApplicationStatus.BOOKED
        slot.refresh_from_db()
        assert slot.places_taken == 1
        assert kinds_to(candidate.user.email) == ["booking"]
        assert application.events.last().role == "system"

    @pytest.mark.parametrize("status", ["paused", "closed", "draft"])
    def test_an_offer_that_is_not_published_takes_nobody(self, status):
        with pytest.raises(RuleBroken, match="ne reçoit plus de candidatures"):
            submit(OfferFactory(**{status: True}))
        assert not Application.objects.exists()
        assert not OutgoingMessage.objects.exists()

    @pytest.mark.parametrize(
        "dates",
        [
            {"full": True},
            {"is_open": False},
            {"first_day": dt.date(2020, 1, 6)},
            {"first_day": timezone.localdate() + dt.timedelta(days=1)},
        ],
        ids=["full", "closed", "past", "too soon for an agreement"],
    )
    def test_a_slot_that_takes_nobody_is_refused(self, dates):
        slot = SlotFactory(**dates)
        with pytest.raises(RuleBroken, match="n’est plus libre"):
            submit(slot.offer, slots=[slot])

    def test_the_slot_of_another_offer_is_refused(self):
        offer = OfferFactory(date_mode=DateMode.SLOTS)
        with pytest.raises(RuleBroken, match="pas de cette offre"):
            submit(offer, slots=[SlotFactory()])

    def test_an_offer_with_slots_wants_one(self):
        with pytest.raises(RuleBroken, match="au moins un créneau"):
            submit(SlotFactory().offer)

    def test_a_name_a_phone_and_a_commune_come_first(self):
        with pytest.raises(RuleBroken, match="nom, prénom, téléphone"):
            submit(OfferFactory(), CandidateFactory(new=True))

    @pytest.mark.parametrize("status", ["submitted", "booked", "confirmed"])
    def test_twice_on_the_same_offer_is_refused_with_a_sentence(self, status):
        first = ApplicationFactory(**({status: True} if status != "submitted" else {}))
        with pytest.raises(RuleBroken, match="déjà une candidature en cours"):
            submit(first.offer, first.candidate)
        assert Application.objects.get() == first

    @pytest.mark.parametrize("status", ["declined", "withdrawn", "cancelled", "expired", "completed"])
    def test_after_an_end_one_may_ask_again(self, status):
        first = ApplicationFactory(**{status: True})
        submit(first.offer, first.candidate)
        assert first.candidate.applications.count() == 2
