"""Builds these pages into a site: ``make docs``. The Markdown also reads well as it is."""

import tomllib
from pathlib import Path

_project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = "Baken"
author = "the Baken contributors"
copyright = "the Baken contributors. Licensed under the EUPL"
release = version = _project["version"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"Baken {release}"
html_copy_source = False
html_show_sphinx = False
