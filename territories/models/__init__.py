"""Where things are (regions, communes, basins), which trades there are, and who watches over them."""

from territories.models.agents import AgentTask, AgentTerritory
from territories.models.basins import EmploymentBasin
from territories.models.occupations import (
    LexiconWord,
    Occupation,
    OccupationFamily,
    OccupationTask,
    OccupationTitle,
    OccupationWord,
)
from territories.models.places import (
    Commune,
    CommunePostcode,
    Department,
    Epci,
    FormerCommune,
)
from territories.models.regions import Region, RegionDelays
from territories.models.tension import OccupationTension
from territories.models.waits import RegionWait

__all__ = [
    "AgentTask",
    "AgentTerritory",
    "Commune",
    "CommunePostcode",
    "Department",
    "EmploymentBasin",
    "Epci",
    "FormerCommune",
    "LexiconWord",
    "Occupation",
    "OccupationFamily",
    "OccupationTask",
    "OccupationTension",
    "OccupationTitle",
    "OccupationWord",
    "Region",
    "RegionDelays",
    "RegionWait",
]
