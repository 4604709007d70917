"""A company opens its space, and says what it is and where one works."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts.models import Membership, Organisation, check_siret
from companies import register
from companies.actions import (
    add_workplace,
    describe_company,
    move_workplace,
    register_company,
    request_to_join,
)
from companies.forms import DescriptionForm, NamedWorkplaceForm, RegisterForm, SiretForm
from companies.mine import my_company, my_membership
from companies.models import Company, Workplace
from core.rules import RuleBroken
from territories.places import commune_of

CLOSED = "Cet établissement est fermé d’après le registre public. Vérifiez le SIRET, ou écrivez-nous."


def safe_next(request: HttpRequest) -> str:
    """Where one came from, if it is a page of ours."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""


def create(request: HttpRequest) -> HttpResponse:
    """« Quelle est votre entreprise ? » The SIRET says it."""
    form = SiretForm(request.POST or None)
    after = safe_next(request)
    if form.is_valid():
        url = reverse("companies:create_details", args=[form.cleaned_data["siret"]])
        return redirect(f"{url}?{urlencode({'next': after})}" if after else url)
    return render(request, "companies/create.html", {"form": form, "next": after})


def create_details(request: HttpRequest, siret: str) -> HttpResponse:
    """Known with members: ask to join. Otherwise: its name, and where one works."""
    try:
        siret = check_siret(siret)
    except RuleBroken as refusal:
        raise Http404 from refusal
    organisation = Organisation.objects.filter(siret=siret).first()
    if organisation and organisation.memberships.active().exists():
        return _join(request, organisation)
    found = register.find(siret)
    if found and found.is_closed:
        form = SiretForm({"siret": siret})
        form.add_error("siret", CLOSED)
        return render(request, "companies/create.html", {"form": form, "next": safe_next(request)})
    form = RegisterForm(request.POST or None, initial=_initial(found, organisation))
    if form.is_valid():
        try:
            company = register_company(
                by=request.user, siret=siret, name=form.cleaned_data["name"], **form.where()
            )
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            return _welcome(request, company)
    context = {"form": form, "siret": siret, "found": found, "next": safe_next(request)}
    return render(request, "companies/create_details.html", context)


def _initial(found: register.Establishment | None, organisation: Organisation | None) -> dict:
    if found is None:
        return {"name": organisation.name if organisation else ""}
    commune = commune_of(found.commune_code)
    initial = {"name": found.name, "address": found.address}
    if commune:
        initial["q_lieu"] = f"{found.postcode} {commune.name}"
    return initial


def _welcome(request: HttpRequest, company: Company) -> HttpResponse:
    membership = my_membership(request, company)
    if membership.confirmed_at:
        messages.success(request, f"L’espace de {company.name} est ouvert, et votre compte vérifié.")
        return redirect(safe_next(request) or "company_space")
    messages.success(request, f"L’espace de {company.name} est ouvert : vous pouvez écrire une offre.")
    return redirect(safe_next(request) or "companies:verify")


def _join(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    mine = Membership.objects.filter(organisation=organisation, user=request.user).first()
    refusal = ""
    if request.method == "POST":
        try:
            request_to_join(organisation, by=request.user)
        except RuleBroken as broken:
            refusal = broken.message
        else:
            messages.success(request, "Votre demande est partie. Vous recevrez la réponse par e-mail.")
            return redirect("accounts:welcome")
    context = {"organisation": organisation, "mine": mine, "refusal": refusal}
    return render(request, "companies/join.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """What the public reads about the company, and its places of work."""
    company = my_company(request)
    form = DescriptionForm(request.POST or None, instance=company)
    if form.is_valid():
        describe_company(company, by=request.user, **form.cleaned_data)
        messages.success(request, "Fiche enregistrée.")
        return redirect(f"{reverse('companies:sheet')}?entreprise={company.pk}")
    workplaces = company.workplaces.select_related("commune").order_by("pk")
    context = {"form": form, "company": company, "workplaces": workplaces}
    return render(request, "companies/sheet.html", context)


def workplace_new(request: HttpRequest) -> HttpResponse:
    company = my_company(request)
    form = NamedWorkplaceForm(request.POST or None)
    if form.is_valid():
        add_workplace(company, by=request.user, **form.where())
        messages.success(request, "Lieu de travail ajouté.")
        return redirect(f"{reverse('companies:sheet')}?entreprise={company.pk}")
    return render(request, "companies/workplace.html", {"form": form, "company": company})


def workplace_edit(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Workplace.objects.filter(company__in=Company.objects.managed_by(request.user))
    workplace = get_object_or_404(mine.select_related("company", "commune"), pk=pk)
    form = NamedWorkplaceForm(request.POST or None, workplace=workplace)
    if form.is_valid():
        try:
            move_workplace(workplace, by=request.user, **form.where())
        except RuleBroken as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Lieu de travail enregistré.")
            return redirect(f"{reverse('companies:sheet')}?entreprise={workplace.company_id}")
    context = {"form": form, "company": workplace.company, "workplace": workplace}
    return render(request, "companies/workplace.html", context)
