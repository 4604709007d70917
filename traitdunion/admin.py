"""The outbox is read here, because only the roof knows both the messages and the territories."""

from csp.decorators import csp_replace
from django.contrib import admin
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_sameorigin

from core import delivery, outbox
from core.admin import ReadOnly, act_on_each
from core.models import OutgoingMessage
from territories.agents import departments_of
from traitdunion.mailbox import MAIL_POLICY


class AboutFilter(admin.SimpleListFilter):
    """By room: nobody reads through a hundred and sixty kinds; a subject is found by its words."""

    title, parameter_name = "sujet", "about"
    ROOMS = (
        ("accounts", "Comptes et équipes"),
        ("candidates", "Accompagnement"),
        ("immersions", "Offres et immersions"),
        ("commitments", "Projets, formations, contrats"),
    )

    def lookups(self, request, model_admin):
        return self.ROOMS

    def queryset(self, request, queryset):
        return queryset.filter(kind__startswith=f"{self.value()}/") if self.value() else queryset


@admin.register(OutgoingMessage)
class OutgoingMessageAdmin(ReadOnly, admin.ModelAdmin):
    """What was owed to whom, when it left, and in which words."""

    list_display = ["created_at", "said", "to", "status", "sent_at", "attempts"]
    list_filter = ["status", AboutFilter]
    search_fields = ["to", "subject", "key"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    actions = ["send_again"]
    fields = [
        "kind",
        "to",
        "status",
        "created_at",
        "sent_at",
        "attempts",
        "repeats",
        "provider_id",
        "error",
        "subject_line",
        "words",
        "frame",
    ]

    @admin.display(description="message", ordering="subject")
    def said(self, message: OutgoingMessage) -> str:
        """Its subject; its kind as long as it has not left."""
        return message.subject or message.kind

    def get_queryset(self, request):
        """Messages about the agent's departments; those about nobody's, for the whole region."""
        messages = super().get_queryset(request).filter(is_secret=False)
        if request.user.is_superuser:
            return messages
        departments = departments_of(request.user).values_list("pk", flat=True)
        return messages.in_scopes(departments)

    @admin.action(description="Envoyer à nouveau ce qui n’a pas pu partir", permissions=["view"])
    def send_again(self, request, rows):
        act_on_each(self, request, rows, outbox.send_again, done="message(s) remis en route")

    def get_urls(self):
        frame = path(
            "<int:pk>/html/",
            self.admin_site.admin_view(self.html_part),
            name="core_outgoingmessage_html",
        )
        return [frame, *super().get_urls()]

    @method_decorator([xframe_options_sameorigin, csp_replace(MAIL_POLICY)])
    def html_part(self, request, pk: int) -> HttpResponse:
        """The HTML part alone, for a sandboxed frame."""
        message = self.get_queryset(request).filter(pk=pk).first()
        if message is None or not self.has_view_permission(request, message):
            raise Http404
        return HttpResponse(message.html or delivery.render(message).html)

    @admin.display(description="objet")
    def subject_line(self, message: OutgoingMessage) -> str:
        return message.subject or delivery.render(message).subject

    @admin.display(description="en texte")
    def words(self, message: OutgoingMessage) -> str:
        text = message.text or delivery.render(message).text
        return format_html('<pre class="mail-words">{}</pre>', text)

    @admin.display(description="mis en forme")
    def frame(self, message: OutgoingMessage) -> str:
        url = reverse("admin:core_outgoingmessage_html", args=[message.pk])
        return format_html(
            '<iframe class="mail-frame" sandbox title="Le message mis en forme" src="{}"></iframe>',
            url,
        )
