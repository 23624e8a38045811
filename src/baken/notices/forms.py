"""The form with which members say how they want mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.notices.moments import How, Wishes

MIDNIGHT = dt.time(0)


def _time(label: Any, help_text: Any = "", *, required: bool = False) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, help_text=help_text, required=required, widget=widget, input_formats=["%H:%M", "%H:%M:%S"]
    )


class WishesForm(forms.Form):
    """At once, daily or not; quiet hours; the time of the daily mail."""

    how = forms.ChoiceField(
        choices=[
            (How.AT_ONCE.value, gettext_lazy("At once")),
            (How.DAILY.value, gettext_lazy("Once a day, everything in one e-mail")),
            (How.NONE.value, gettext_lazy("No e-mail, I look here myself")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("When do you want e-mail?"),
    )
    digest_at = _time(gettext_lazy("Time of the daily e-mail"), required=True)
    quiet_from = _time(
        gettext_lazy("Quiet hours from"), gettext_lazy("No e-mail in these hours. Leave both empty for none.")
    )
    quiet_until = _time(gettext_lazy("Quiet hours until"))

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a begin and an end."""
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        for name, here, other in (("quiet_from", begin, end), ("quiet_until", end, begin)):
            if here is None and other is not None and name not in self.errors:
                self.add_error(name, _("Fill in both times, or neither."))
        return cleaned

    def wishes(self) -> Wishes:
        """As the action takes it."""
        said = self.cleaned_data
        return Wishes(
            How(said["how"]), said["quiet_from"] or MIDNIGHT, said["quiet_until"] or MIDNIGHT, said["digest_at"]
        )

    @staticmethod
    def initial_of(wishes: Wishes) -> dict[str, Any]:
        """What is known already."""
        quiet = wishes.quiet_from != wishes.quiet_until
        return {
            "how": wishes.how.value,
            "digest_at": wishes.digest_at,
            "quiet_from": wishes.quiet_from if quiet else None,
            "quiet_until": wishes.quiet_until if quiet else None,
        }
