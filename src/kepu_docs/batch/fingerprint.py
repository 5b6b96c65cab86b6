"""Everything besides a record that affects its documents, as short hashes: a change makes the documents again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources.abc import Traversable

from kepu_docs.batch.work import Job
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.pipeline.document_settings import NO_SETTINGS
from kepu_docs.pipeline.traditional import tables_version
from kepu_docs.registry import OURS, Registry


def fingerprint(registry: Registry, job: Job) -> Mapping[str, str]:
    """Return the version, and SHA-256 sums of plugins, wording templates and options."""
    plugins = [(plugin.name, plugin.version, str(plugin.problem or "")) for plugin in registry.plugins]
    options = asdict(job.options) | {
        "reference": hashlib.sha256(job.options.reference).hexdigest(),
        "form": hashlib.sha256(job.options.form).hexdigest(),
        "locale": job.locale,
        "embed": job.embed,
        "pattern": job.pattern.text,
    }
    settings = job.settings
    if settings != NO_SETTINGS:
        earlier = hashlib.sha256(settings.earlier.packed).hexdigest() if settings.earlier else ""
        options["settings"] = [settings.wording, settings.headings, settings.table, earlier]
    if job.convert:
        options["convert"] = tables_version()
    return {
        "version": version(OURS),
        "plugins": _sum(json.dumps(plugins)),
        "templates": templates_state(registry, job.templates),
        "options": _sum(json.dumps(options, sort_keys=True)),
    }


def templates_state(registry: Registry, own: Snapshot | None) -> str:
    """Return the SHA-256 sum of all wording templates: those of the plugins, and a user's ``own``."""
    folders: list[Traversable] = [*registry.folders, *([own] if own is not None else [])]
    return _sum(*(text for folder in folders for text in _contents(folder)))


def _sum(*texts: str | bytes) -> str:
    whole = hashlib.sha256()
    for text in texts:
        data = text.encode() if isinstance(text, str) else text
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:16]


def _contents(folder: Traversable, path: str = "") -> Iterable[bytes]:
    """Yield path and content of each file in a folder, in the order of their names."""
    for member in sorted(folder.iterdir(), key=lambda member: member.name):
        here = f"{path}/{member.name}"
        if member.is_dir():
            yield from _contents(member, here)
        elif not member.name.endswith((".py", ".pyc")):
            yield here.encode("utf-8", "surrogatepass")
            yield member.read_bytes()
