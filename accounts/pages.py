"""The pages of one's own account: who one is, one's address, one's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import arrivals
from accounts.forms import LATER, WhoForm


def welcome(request: HttpRequest) -> HttpResponse:
    """Logged in, but as nobody yet: one says who one is."""
    form = WhoForm(request.POST or None)
    later = None
    if form.is_valid():
        kind = form.cleaned_data["qui"]
        if kind in LATER:
            later = LATER[kind][0]
        else:
            arrival = arrivals.known()[kind]
            if arrivals.begin(request, arrival):
                return redirect(arrival.next_page)
    return render(request, "accounts/welcome.html", {"form": form, "later": later})


def account(request: HttpRequest) -> HttpResponse:
    """« Mon compte »."""
    return render(request, "accounts/account.html")
