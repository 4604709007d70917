"""What a journey by car costs, in money and in time: an estimate, with the figures of each Region."""

from dataclasses import dataclass

from django.core.cache import cache

from territories.models import Department, Region

KEY, FRESH_FOR = "region-travel", 300  # seconds
FIGURES = ("travel_detour", "travel_euros_a_km", "travel_km_an_hour")


@dataclass(frozen=True, slots=True)
class Travel:
    """A road is longer than the flight of a crow; a kilometre costs; an hour has so many."""

    detour: float
    euros_a_km: float
    km_an_hour: float

    def words(self, km: float | None) -> str:
        """« environ 12 € et 1 h 10 aller-retour en voiture, par jour (estimation) »."""
        if km is None:
            return ""
        road = float(km) * self.detour * 2
        minutes = max(5, round(road / self.km_an_hour * 60 / 5) * 5)
        hours, rest = divmod(minutes, 60)
        time = f"{hours} h {rest:02d}" if hours and rest else f"{hours} h" if hours else f"{rest} min"
        euros = round(road * self.euros_a_km)
        cost = "moins de 1 €" if euros < 1 else f"environ {euros} €"
        return f"{cost} et {time} aller-retour en voiture, par jour (estimation)"


USUAL = Travel(*(float(Region._meta.get_field(name).get_default()) for name in FIGURES))  # type: ignore[union-attr]


def travel_in(department: str) -> Travel:
    """The figures of the Region of `department`; the usual ones where it is unknown."""
    return _all().get(department, USUAL)


def travel_words(km: float | None, department: str) -> str:
    return travel_in(department).words(km)


def forget() -> None:
    """Every process reads them again."""
    cache.delete(KEY)


def _all() -> dict[str, Travel]:
    found = cache.get(KEY)
    if found is None:
        rows = Department.objects.values_list("pk", *(f"region__{name}" for name in FIGURES))
        found = {code: Travel(*map(float, figures)) for code, *figures in rows}
        cache.set(KEY, found, FRESH_FOR)
    return found
