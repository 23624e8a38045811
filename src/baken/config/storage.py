"""Static files: a hash in the name, compressed beforehand, module imports rewritten to the hashed names."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, for ES modules too."""

    support_js_module_import_aggregation = True
