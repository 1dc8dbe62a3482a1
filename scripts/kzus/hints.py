"""What a contributor probably meant, for the commonest slips."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import datetime
from typing import Any

_DAYS = [f"%Y{sign}%m{sign}%d" for sign in "-/."]
_DAYS += ["%d.%m.%Y", "%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y"]
_MONTHS = ("%B %Y", "%b %Y")
_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_SPAN = re.compile(r"(\d{1,2}) ?- ?(\d{1,2}) (.+)")
_NOISE = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|,")
_ABOUT = re.compile(
    r"(?:c\.|ca\.?|circa|about|around|approximately|~|около) *(\d{4})", re.IGNORECASE
)
# The first letters of months in Russian and in Kazakh, some of which have two forms.
_MONTH_NAMES = """
    янв|қаң фев|ақп мар|нау апр|сәу май|мая|мам июн|мау
    июл|шіл авг|там сен|қыр окт|қаз ноя|қар дек|жел
"""
_FOREIGN = {
    name: f"{datetime(1, month, 1):%B}"
    for month, names in enumerate(_MONTH_NAMES.split(), start=1)
    for name in names.split("|")
}
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014", "-----")
# Cyrillic letters that look like Latin ones.
_ALIKE = str.maketrans("аеорсухіјѕһАВЕКМНОРСТУХІЈЅ", "aeopcyxijshABEKMHOPCTYXIJS")  # noqa: RUF001
# What a line of YAML looks like that its writer meant otherwise, and what to do about it.
QUOTE = "put text that has a colon and a space in it between quotation marks"
_START = r"(?:- )?(?:\w+: +)?"
_SLIPS = {
    r"[<>=]{7}": "two versions were not merged: keep one, and remove the lines of < = >",
    r"(?:- )?\w+:[^\s/]": "put a space after the colon",
    r"-[^\s-]": "put a space after the hyphen",
    r".*\xa0": "type the spaces of this line anew: one is a no-break space",
    _START + r"""(?:"[^"]*"|'(?:[^']|'')*')\s*[^\s#,:'"]""": "quotation marks go around the whole"
    " text; an apostrophe between single ones is written twice: ''",
    _START + r"""(?:"[^"]*|'(?:[^']|'')*)$""": "close the quotation mark that is open here",
    r"(?:- )?\w+: +(?:[@%&*`]|- |[\[{].*[^\]}]$)": "put text that begins with such a sign between"
    " quotation marks",
    r"(?:- )?[^\s:]+: .*\S: ": QUOTE,
}


def slug(text: str) -> str:
    """Text as an id: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:80].strip("-")


def latin(text: str) -> str:
    """Text with Latin letters in place of Cyrillic ones that look the same."""
    return text.translate(_ALIKE)


def slip(line: str) -> str:
    """What to do about a line at which, or after which, YAML cannot be read, or nothing."""
    return next((do for form, do in _SLIPS.items() if re.match(form, line.strip(" "))), "")


def hint(rule: str, value: Any, message: str) -> str:
    """What to write in place of a value that a field refuses, or nothing."""
    if not isinstance(value, str) or not value.strip():
        return ""
    if rule == "bad-date":
        return _date(value.strip())
    if rule == "bad-id":
        return _id(value)
    if rule == "wrong-type" and message.startswith("must be a list"):
        return f"write it in a line of its own, after a hyphen: - {_item(value)}"
    return ""


def _id(text: str) -> str:
    if text.startswith(("http://", "https://")):
        return "name a source by its id: `kzus cite` adds the page to data/sources and prints it"
    plain = latin(text)
    if plain != text and plain.isascii():
        return f"did you mean {slug(plain)}, in Latin letters only?"
    return f"did you mean {slug(text)}?" if slug(text) else ""


def _item(text: str) -> str:
    return re.split(r",(?= [\w-]+(?:,|$))", text.lstrip("-\u2013\u2014\u2022* "))[0][:60]


def _date(text: str) -> str:
    plain = _NOISE.sub("", _in_english(text.translate(_DASHES)))
    if match := _ABOUT.fullmatch(plain):
        return f"write {match[1]}~, which means about {match[1]}"
    if match := _NUMBERS.fullmatch(plain):
        one, two, year = int(match[1]), int(match[2]), match[3]
        ways = (f"{year}-{one:02}-{two:02}", f"{year}-{two:02}-{one:02}")
        found = " or ".join(dict.fromkeys(filter(_iso, ways)))
        return f"write the year first: {found}" if found else ""
    if match := _SPAN.fullmatch(plain):
        ends = [_iso(f"{match[side]} {match[3]}") for side in (1, 2)]
        return f"write {ends[0]}/{ends[1]}" if all(ends) else ""
    found = _iso(plain)
    return f"write {found}" if found else ""


def _in_english(text: str) -> str:
    """A date with the months of Russian and Kazakh in English, and without a word for year."""
    plain = re.sub(r"\s*(?:г\.?|года?|ж\.|жыл\w*)$", "", text)  # noqa: RUF001
    return re.sub(r"[^\W\d]{3,}", lambda word: _FOREIGN.get(word[0][:3].lower(), word[0]), plain)


def _iso(text: str) -> str:
    for form, length in (*((form, 10) for form in _DAYS), *((form, 7) for form in _MONTHS)):
        with suppress(ValueError):
            return datetime.strptime(text, form).date().isoformat()[:length]
    return ""
