"""Where load data stands and what it speaks of: places by their population, a hundred trades."""

import datetime as dt
import random
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from stdnum import luhn

from territories.geo import lambert93
from territories.models import Commune, Occupation

MARK = "CHARGE"
HOST = "charge.invalid"  # RFC 2606: no message can leave for it.
TRADES = 120
SCATTER = 0.02  # Degrees: a couple of kilometres around the middle of a commune.
DAYS = 180


@dataclass(frozen=True, slots=True)
class Spot:
    """An address somewhere in a commune."""

    commune: str
    postcode: str
    latitude: float
    longitude: float

    @property
    def columns(self) -> dict[str, Any]:
        x, y = lambert93(self.latitude, self.longitude)
        return {"latitude": self.latitude, "longitude": self.longitude, "x": x, "y": y}


class World:
    """The same seed draws the same world."""

    def __init__(self, *, seed: int, today: dt.date) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret here.
        self.today = today

    @cached_property
    def communes(self) -> list[tuple[str, str, float, float]]:
        rows = Commune.objects.order_by("code").prefetch_related("postcodes")
        self.weights = list(accumulate(row.population + 50 for row in rows))
        return [
            (row.pk, next((each.postcode for each in row.postcodes.all()), ""), row.latitude, row.longitude)
            for row in rows
        ]

    @cached_property
    def trades(self) -> list[tuple[str, str]]:
        """The codes and names of some occupations, the same each time, of every family."""
        rows = list(Occupation.objects.order_by("code").values_list("code", "title"))
        step = max(len(rows) // TRADES, 1)
        return rows[::step][:TRADES]

    def spots(self, count: int) -> list[Spot]:
        communes = self.communes
        chosen = self.random.choices(range(len(communes)), cum_weights=self.weights, k=count)
        return [self.somewhere_in(communes[index]) for index in chosen]

    def somewhere_in(self, commune: tuple[str, str, float, float]) -> Spot:
        code, postcode, latitude, longitude = commune
        return Spot(
            commune=code,
            postcode=postcode,
            latitude=latitude + self.random.gauss(0, SCATTER / 2),
            longitude=longitude + self.random.gauss(0, SCATTER / 2),
        )

    def trade(self) -> tuple[str, str]:
        return self.random.choice(self.trades)

    def day(self) -> dt.date:
        return self.today + dt.timedelta(days=self.random.randint(10, DAYS))

    def monday(self) -> dt.date:
        day = self.day()
        return day - dt.timedelta(days=day.weekday())


def siret(number: int) -> str:
    """A SIRET with its two keys right, in a row that no register has given."""
    siren = f"99{number:06d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0000" + luhn.calc_check_digit(siren + "0000")
