"""The miniature record with text that breaks careless writers of files."""

from __future__ import annotations

from dataclasses import replace

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.model.base import Statement
from records import AS_OF, MINI

# Some of these the models refuse; the exports must not depend on that.
HOSTILE = {
    "quotes": "\"double\" and 'single'",
    "separators": "comma, semicolon; colon: and | bar",
    "lines": "one\ntwo\r\nthree",
    "formula": "=1+1",
    "plus": "+1",
    "minus": "-1+1",
    "at": "@SUM(A1:A9)",
    "script": "</script><script>alert(1)</script>",
    "markup": "<b onclick=x> & ]]> &amp; <!-- -->",
    "template": "{{ 7*7 }} {% raw %}",
    "tex": "\\end{document} {x} % $ # _ ~ ^ & }",
    "direction": "\u202etxet\u202c \u200fשלום\u200f",  # noqa: RUF001 - what it is for
    "emoji": "\U0001f600 \U0001f1f0\U0001f1ff Қазақстан",
    "long": "long " * 20_000 + "end",
    "calendar": "END:VEVENT\nBEGIN:VALARM",
    "fields": "ER  - \nTY  - JOUR",
}


def dataset(text: str) -> Dataset:
    """The miniature record, with this text as title, name, fact and answer."""
    found = load(MINI, as_of=AS_OF)[0]
    said = Statement.model_construct(text=text, sources=())
    events = {
        k: e.model_copy(update={"title": text, "facts": (said,)}) for k, e in found.events.items()
    }
    people = {k: p.model_copy(update={"name": text}) for k, p in found.people.items()}
    sources = {k: s.model_copy(update={"title": text}) for k, s in found.sources.items()}
    agreements = {
        k: a.model_copy(update={"title": text, "short_title": text})
        for k, a in found.agreements.items()
    }
    return replace(found, events=events, people=people, sources=sources, agreements=agreements)


def flat(text: str) -> str:
    """White space as formats that fold lines leave it."""
    return " ".join(text.split())
