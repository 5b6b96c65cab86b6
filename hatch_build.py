"""README.md for a package index: links and pictures that lie in the repository get absolute addresses."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# The target of “[…](…)”, “[…]: …”, “href="…"” or “src="…"”, unless it is a place on the page or has a scheme.
_BEFORE = r"""\]\(|^\[[^\]\n]+\]:[ ]|\b(?:href|src|srcset)=\""""
_TARGETS = re.compile(rf"""({_BEFORE})(?![#/]|[a-z][a-z0-9+.-]*:)([^)"\s]+)""", re.MULTILINE)
_PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


class Readme(MetadataHookInterface):
    """Makes the description of pyproject.toml's ``readme``, with addresses below ``urls.Repository``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the description into ``metadata``; links lead to the tag of the version, so that they stay right.

        A version that is still being developed has no tag.
        """
        repository, version = metadata["urls"]["Repository"], metadata["version"]
        tag = "main" if ".dev" in version else f"v{version}"
        text = Path(self.root, "README.md").read_text(encoding="utf-8")

        def absolute(match: re.Match[str]) -> str:
            before, target = match.groups()
            kind = "raw" if target.lower().endswith(_PICTURES) else "blob"
            return f"{before}{repository}/{kind}/{tag}/{target}"

        metadata["readme"] = {"content-type": "text/markdown", "text": _TARGETS.sub(absolute, text)}
