"""Agreements made on Immersion Facilitée, as agents see them."""

from django.contrib import admin

from immersions.facilitee.models import ExternalAgreement
from immersions.stays.admin import OfAStay


@admin.register(ExternalAgreement)
class ExternalAgreementAdmin(OfAStay):
    """Read, never written by hand. The document, with its date of birth, is for its parties only."""

    list_display = ["number", "person", "offer", "source", "status", "confirmed_at"]
    list_filter = ["source", "status"]
    search_fields = ["number", *OfAStay.search_fields]
    fields = ["application", "number", "source", "status", "recorded_by", "confirmed_by", "confirmed_at"]
