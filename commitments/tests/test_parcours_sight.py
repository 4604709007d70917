"""Who reads which line of a path: the table, without a page."""

import datetime as dt

import pytest

from commitments.parcours.lines import Document, Kind, Line, State, next_of
from commitments.parcours.sight import PARTNER, SEEN_BY, Sight

MINE, THEIRS = 1, 2
WHO = (
    "candidate",
    "company",
    "other_company",
    "organisation",
    "other_organisation",
    "advisor",
    "agent",
    PARTNER,
)
# Read across: person, its company, another company, its organisation, another one, advisor, agent, partner.
MATRIX = {
    Kind.APPLICATION: "yes yes no no no yes yes no",
    Kind.IMMERSION: "yes yes no no no yes yes yes",
    Kind.AGREEMENT: "yes yes no no no yes yes yes",
    Kind.REPORT: "yes yes no no no yes yes no",
    Kind.PROJECT: "yes yes no no no yes yes no",
    Kind.PROMISE: "yes yes no yes no yes yes yes",
    Kind.SEAT: "yes yes no yes no yes yes yes",
    Kind.TRAINING: "yes yes no yes no yes yes yes",
    Kind.ABSENCE: "yes yes no yes no yes yes no",
    Kind.CHECK_IN_PERSON: "yes no no no no yes yes no",
    Kind.CHECK_IN_COMPANY: "no yes no no no yes yes no",
    Kind.INTERNSHIP: "yes yes no yes no yes yes yes",
    Kind.CONTRACT: "yes yes no no no yes yes yes",
    Kind.FOLLOW_UP: "yes no no no no yes yes no",
    Kind.FOLLOW_UP_COMPANY: "yes yes no no no yes yes no",
}


def sight_as(who: str) -> Sight:
    role = who.removeprefix("other_")
    theirs = frozenset({THEIRS if who.startswith("other_") else MINE})
    return Sight(roles=frozenset({role}), companies=theirs, organisations=theirs)


def a_line(kind: Kind, **options) -> Line:
    facts = {"when": dt.date(2026, 11, 22), "what": "Étape", "company": MINE, "organisation": MINE}
    return Line(kind=kind, **facts | options)


class TestSight:
    """Without a database: one row for each kind of line."""

    @pytest.mark.parametrize("kind", list(Kind))
    def test_each_line_is_read_by_those_and_nobody_else(self, kind):
        read = ["yes" if sight_as(who).may_read(a_line(kind)) else "no" for who in WHO]
        assert " ".join(read) == MATRIX[kind]

    def test_the_table_has_a_row_for_every_kind(self):
        assert set(SEEN_BY) == set(Kind) == set(MATRIX)

    @pytest.mark.parametrize("who", WHO)
    def test_a_company_never_reads_why_someone_was_absent(self, who):
        reads = sight_as(who).may_read_private(a_line(Kind.ABSENCE, private="Trajet"))
        assert reads == (who in ("candidate", "organisation", "advisor", "agent"))

    def test_a_line_of_nobody_is_no_company_s(self):
        assert not sight_as("company").may_read(a_line(Kind.SEAT, company=None))

    def test_papers_are_for_their_parties_and_never_for_a_partner(self):
        paper = Document("Projet", "/projets/1/projet.pdf", ("candidate", "company", "advisor"))
        opened = [who for who in WHO if sight_as(who).may_open(paper, a_line(Kind.PROMISE))]
        assert opened == ["candidate", "company", "advisor"]

    def test_an_advisor_opens_the_agreements_of_their_own_structure(self):
        paper = Document("Convention", "/conventions/1/", ("candidate", "advisor"), 7)
        line = a_line(Kind.AGREEMENT)
        mine = Sight(roles=frozenset({"advisor"}), structures=frozenset({7}))
        assert mine.may_open(paper, line)
        assert not sight_as("advisor").may_open(paper, line)

    def test_the_next_step_is_one_sentence(self):
        day = dt.date(2099, 12, 3)
        facts = {"what": "répond à la demande", "who": "l’organisme", "state": State.NOW}
        line = a_line(Kind.SEAT, by=day, **facts)
        said = "L’organisme répond à la demande, au plus tard le 3 décembre 2099."
        assert next_of([a_line(Kind.SEAT), line]).sentence == said
        late = a_line(Kind.SEAT, by=dt.date(2020, 12, 3), **facts)
        assert late.sentence == "L’organisme répond à la demande, attendu depuis le 3 décembre 2020."
        assert next_of([a_line(Kind.SEAT)]) is None
