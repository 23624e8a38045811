"""Pages that another site may show in a frame. Every other page refuses that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponseBase]
FRAMED: Mapping[str, Any] = MappingProxyType(
    {
        "framed": True,
        "base_template": "ui/embed_base.html",
        "check_view": "recognise:embed",
        "result_view": "routes:embed_result",
    }
)
"""Context by which the templates of the check stay inside the frame."""


def framed(view: View) -> View:
    """Let the sites of ``BAKEN_EMBED_ORIGINS`` show this view in a frame."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> HttpResponseBase:
        origins = settings.BAKEN_EMBED_ORIGINS or [NONE]
        response = csp_replace({"frame-ancestors": origins})(view)(*args, **kwargs)
        # A site that isolates itself only shows frames that agree to stand there.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return xframe_options_exempt(wrapper)
