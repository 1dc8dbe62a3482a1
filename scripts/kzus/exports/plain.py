"""Files for crawlers: llms.txt (llmstxt.org) and robots.txt (RFC 9309)."""

from __future__ import annotations

from ..dataset import Dataset
from ..edition import Edition
from .base import NAME, Files, address

_PAGES = (
    ("timeline/", "Timeline", "every event, by date"),
    ("dialogue/", "Dialogues", "formats in which the two sides meet, with their rounds"),
    ("agreements/", "Agreements", "treaties, memoranda and statements, with their state"),
    ("commitments/", "Commitments", "promises and what is known of their outcome"),
    ("people/", "People and offices", "who held which office, as far as sources show"),
    ("disputes/", "Disagreements", "questions to which sources give different answers"),
    ("sources/", "Sources", "every source, by publisher"),
)
_FILES = (
    ("api/v1/index.json", "JSON API", "one file per record; openapi.json describes it"),
    ("data/datapackage.json", "CSV tables", "described as a Frictionless data package"),
    ("data/kzus.sqlite", "SQLite", "the same tables with views and full-text search"),
    ("feed.xml", "Atom feed", "what happened, newest first"),
)


def llms(dataset: Dataset, edition: Edition) -> Files:
    """What the site holds, for language models."""
    counts = f"{len(dataset.events)} events, {len(dataset.agreements)} agreements"
    lines = [
        f"# {NAME}",
        "",
        f"> {counts} and {len(dataset.commitments)} promises between the two countries. Every "
        "statement names its source; where sources disagree both stand side by side.",
        "",
        f"Version {edition.version} of {dataset.as_of.isoformat()}, CC0-1.0. Dates are EDTF and "
        "never more precise than their source. `seen` shows a person in a post on a date and "
        "says nothing about when the post was taken up or left. An agreement without a dated "
        "entry into force is not thereby in force. Cite the record by title, version and date.",
        "",
        "Each page of one record is also Markdown: `events/ID/` at `events/ID.md`, and so on.",
        "",
        "## Pages",
        "",
        *(f"- [{title}]({address(edition, path)}): {words}" for path, title, words in _PAGES),
        "",
        "## Data",
        "",
        *(f"- [{title}]({address(edition, path)}): {words}" for path, title, words in _FILES),
        "",
    ]
    yield "llms.txt", "\n".join(lines).encode()


def robots(dataset: Dataset, edition: Edition) -> Files:
    """Rules for crawlers: everything may be read."""
    lines = ["User-agent: *", "Allow: /"]
    if edition.site_url:
        lines += ["", f"Sitemap: {address(edition, 'sitemap.xml')}"]
    yield "robots.txt", ("\n".join(lines) + "\n").encode()
