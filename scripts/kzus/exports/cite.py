"""How to cite an entry of the record: as text, BibTeX, RIS and CSL-JSON.

The record is cited, not the sources behind it: the collective is the author, the version and the
day of the edition say which state was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..dataset import Dataset
from ..dates import in_words
from ..edition import Edition
from ..model.records import Entry
from ..views.refs import title_of
from .base import NAME, Files, address, json_bytes, page

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BREAKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Citation:
    """What all forms of a citation are made of. `url` is ``""`` while the site has no address."""

    key: str
    title: str
    version: str
    day: date
    url: str


def citation(entry: Entry, dataset: Dataset, edition: Edition) -> Citation:
    """The citation of an entry's page in this edition."""
    url = address(edition, page(entry)) if edition.site_url else ""
    title = _BREAKS.sub(" ", title_of(entry))
    return Citation(f"kzus-{entry.kind}-{entry.id}", title, edition.version, dataset.as_of, url)


def text(cited: Citation) -> str:
    """One sentence, for a footnote."""
    title = cited.title.rstrip(".")
    words = f"“{title}.” {NAME}, version {cited.version}, {in_words(cited.day)}."
    return f"{words} {cited.url}" if cited.url else words


def bibtex(cited: Citation) -> str:
    """An entry for BibTeX and biblatex."""
    fields = {
        "author": "{" + _tex(NAME) + "}",
        "title": "{" + _tex(cited.title) + "}",
        "year": str(cited.day.year),
        "month": str(cited.day.month),
        "note": f"Version {cited.version}, {cited.day.isoformat()}",
    }
    if cited.url:
        fields["howpublished"] = "\\url{" + cited.url + "}"
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items()]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


def _tex(value: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in value)


def ris(cited: Citation) -> str:
    """An entry in the form that reference managers exchange; lines end with CR LF."""
    fields = [
        ("TY", "ELEC"),
        ("ID", cited.key),
        ("AU", NAME),
        ("TI", cited.title),
        ("PY", str(cited.day.year)),
        ("DA", f"{cited.day:%Y/%m/%d}"),
        ("ET", cited.version),
        *([("UR", cited.url)] if cited.url else []),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl(cited: Citation) -> dict[str, Any]:
    """An item of CSL-JSON, which citation processors read."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "webpage",
        "title": cited.title,
        "author": [{"literal": NAME}],
        "container-title": NAME,
        "version": cited.version,
        "issued": {"date-parts": [[cited.day.year, cited.day.month, cited.day.day]]},
    }
    return item | ({"URL": cited.url} if cited.url else {})


def _cited(dataset: Dataset, edition: Edition) -> list[Citation]:
    return [citation(entry, dataset, edition) for entry in dataset.records()]


def as_bibtex(dataset: Dataset, edition: Edition) -> Files:
    """How to cite each record, for LaTeX."""
    yield "data/citations.bib", "\n".join(map(bibtex, _cited(dataset, edition))).encode()


def as_ris(dataset: Dataset, edition: Edition) -> Files:
    """How to cite each record, for reference managers."""
    yield "data/citations.ris", "\r\n".join(map(ris, _cited(dataset, edition))).encode()


def as_csl(dataset: Dataset, edition: Edition) -> Files:
    """How to cite each record, for citation processors."""
    yield "data/citations.json", json_bytes([csl(item) for item in _cited(dataset, edition)])
