"""Every address of the site. Public ones stay stable (see docs/addresses.md)."""

from django.contrib import admin
from django.urls import include, path

from core.verification_pages import verify
from traitdunion import engines, health, home, mailbox, pages, space_pages, styleguide, views

handler403 = "traitdunion.views.refused"
urlpatterns = [
    path("", home.home, name="home"),
    path("", include("accounts.entrance")),
    path("", include("accounts.urls")),
    path("", include("candidates.urls")),
    path("", include("candidates.structures.urls")),
    path("", include("companies.urls")),
    path("", include("trainings.organisations.urls")),
    path("candidat/", space_pages.candidate_space, name="candidate_space"),
    path("entreprise/", space_pages.company_space, name="company_space"),
    path("conseiller/", space_pages.advisor_space, name="advisor_space"),
    path("organisme/", space_pages.organisation_space, name="organisation_space"),
    path("apres-connexion/", views.after_login, name="after_login"),
    path("admin/", admin.site.urls),
    path("", include("territories.urls")),
    path("", include("trainings.urls")),
    path("", include("immersions.urls")),
    path("", include("commitments.urls")),
    path("verification/<str:code>/", verify, name="verify"),
    path("sitemap.xml", engines.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", engines.sitemap_section, name="sitemap_section"),
    path("robots.txt", engines.robots, name="robots"),
    path("sante/web/", health.web, name="health_web"),
    path("sante/", health.everything, name="health"),
    path("aide/", pages.helping, name="help"),
    path("contact/", pages.contact, name="contact"),
    path("mentions-legales/", pages.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", pages.personal_data, name="personal_data"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("plan-du-site/", pages.site_map, name="site_map"),
    path("couleurs.css", pages.colours, name="colours"),
    path("demo/composants/", styleguide.components, name="demo_components"),
    path("demo/courriels/", mailbox.inbox, name="demo_inbox"),
    path("demo/courriels.json", mailbox.inbox_json, name="demo_inbox_json"),
    path("demo/courriels/<int:pk>/", mailbox.mail, name="demo_mail"),
    path("demo/courriels/<int:pk>/html/", mailbox.mail_html, name="demo_mail_html"),
    path("demo/courriels/<int:pk>/<int:number>/", mailbox.attachment, name="demo_attachment"),
]
