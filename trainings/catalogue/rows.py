"""A row of the catalogue, before it is a row of ours. Fields bear the names of our models."""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    external_id: str
    name: str
    siret: str
    activity_number: str
    email: str
    phone: str
    website: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """Where an action is given, as written."""

    place_name: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    insee: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __str__(self) -> str:
        return ", ".join(part for part in (self.place_name, self.postcode, self.town) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    external_id: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    is_start_in_month: bool
    is_end_in_month: bool
    status: str
    seats_total: int | None
    registration_starts_on: dt.date | None
    registration_ends_on: dt.date | None
    address: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    external_id: str
    funders: list[str]
    is_region_funded: bool
    funded_seats: int | None
    has_permanent_entry: bool
    teaching_mode: str
    pace: str
    conditions: str
    publics: list[str]
    public_details: str
    costs_may_be_covered: bool | None
    costs_details: str
    disability_access: str
    hours_total: int | None
    hours_in_centre: int | None
    hours_in_company: int | None
    url: str
    phone: str
    email: str
    places: list[PlaceRow] = field(metadata={"own": True})
    sessions: list[SessionRow] = field(metadata={"own": True})
    refused_sessions: set[str] = field(metadata={"own": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    code: str
    title: str
    certification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    external_id: str
    title: str
    certification_title: str
    rncp_code: str
    rs_code: str
    certifinfo_code: str
    level_in: int | None
    level_out: int | None
    objective: str
    content: str
    hours_total: int | None
    hours_in_centre: int | None
    hours_in_company: int | None
    formacodes: list[str]
    rome_codes: list[str]
    url: str
    organisation: OrganisationRow = field(metadata={"own": True})
    blocks: list[BlockRow] = field(metadata={"own": True})
    actions: list[ActionRow] = field(metadata={"own": True})
    refused_actions: set[str] = field(metadata={"own": True})


def facts(row: Any) -> dict[str, Any]:
    """What goes as it stands into the columns of the same names."""
    return {
        column.name: getattr(row, column.name)
        for column in dataclasses.fields(row)
        if not column.metadata.get("own")
    }
