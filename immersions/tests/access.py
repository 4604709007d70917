"""Who may open what in this room: one file per alcove."""

from immersions.tests import (
    access_agreements,
    access_applications,
    access_appointments,
    access_dates,
    access_facilitee,
    access_freed,
    access_offers,
    access_prepared,
    access_search,
    access_stays,
    access_trades,
)

ROUTES = {
    **access_agreements.ROUTES,
    **access_search.ROUTES,
    **access_stays.ROUTES,
    **access_trades.ROUTES,
    **access_applications.ROUTES,
    **access_appointments.ROUTES,
    **access_dates.ROUTES,
    **access_facilitee.ROUTES,
    **access_freed.ROUTES,
    **access_offers.ROUTES,
    **access_prepared.ROUTES,
}
