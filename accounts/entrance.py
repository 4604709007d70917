"""allauth's own names at our addresses: only the pages that this house uses."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("connexion/", views.LoginView.as_view(), name="account_login"),
    path("connexion/", views.LoginView.as_view(), name="account_request_login_code"),
    path("connexion/code/", views.CodeView.as_view(), name="account_confirm_login_code"),
    path("inscription/", views.signup, name="account_signup"),
    path("inscription/adresse/", views.SignupView.as_view(), name="account_signup_email"),
    path("deconnexion/", views.LogoutView.as_view(), name="account_logout"),
    path("compte/double-verification/", include("accounts.second_factor")),
]
