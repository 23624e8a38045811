"""Pages about keys: the own key below the account, those of the inbox below its organisation."""

from django.urls import path

from baken.vault.views import organisation, own, recovery

app_name = "vault"
_INBOX = "organisation/<uuid:organisation_id>/keys/"
urlpatterns = [
    path("account/keys/", own.overview, name="keys"),
    path("account/keys/open/", own.unlock, name="unlock"),
    path("account/keys/make/", own.make, name="make"),
    path("account/keys/passkey/", own.add_passkey, name="add_passkey"),
    path("account/keys/code/", recovery.recovery_code, name="recovery_code"),
    path("account/keys/code/kept/", recovery.recovery_kept, name="recovery_kept"),
    path("account/keys/recover/", recovery.recover, name="recover"),
    path("account/keys/replace/", recovery.replace, name="replace"),
    path(_INBOX, organisation.overview, name="organisation_keys"),
    path(_INBOX + "start/", organisation.start, name="start"),
    path(_INBOX + "give/", organisation.give, name="give"),
    path(_INBOX + "sheet/", organisation.sheet, name="sheet"),
    path(_INBOX + "sheet/open/", organisation.open_sheet, name="open_sheet"),
    path(_INBOX + "renew/", organisation.renew, name="renew"),
    path(_INBOX + "waiting/", organisation.waiting, name="waiting"),
]
