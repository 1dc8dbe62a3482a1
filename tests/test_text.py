"""Text of the record in a page: shown as the text it is, by the site's own Markdown."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup
from mkdocs.config.base import load_config
from pydantic import TypeAdapter, ValidationError

from kzus.model.base import Text
from kzus.site.text import escape, finalize, link_target
from kzus.site.twin import Twins
from records import TESTS

# Each place of a page where templates write text, and the elements that it makes there.
PLACES = {
    "{}": ["p"],
    "{} and more.\n\nAnother.": ["p", "p"],
    "Before\n{}\nafter.": ["p"],
    "- {}": ["ul", "li"],
    "1. {}": ["ol", "li"],
    "# {} {{ #known }}": ["h1 id"],
    "**{}**": ["p", "strong"],
    "[{}](https://example.org/)": ["p", "a href"],
    "| a |\n| --- |\n| {} |": ["table", "thead", "tr", "th", "tbody", "tr", "td"],
    '<i title="{}">x</i>': ["p", "i title"],
    '<p title="{}">x</p>': ["p title"],
    "<p>{}</p>": ["p"],
}
LIKELY = r"""<>&"'`*_{}[]()#|~^$!=:@\/+-.;% 1aé"""


def allowed(text: str) -> str | None:
    """The text as the models let it in, or nothing."""
    try:
        return TypeAdapter(Text).validate_python(text)
    except ValidationError:
        return None


MARKUP = (
    *("<b>", "</p>", "<!--", "<?x", "]]>", "&amp;", "&#60;", "{: .x }", "{#x}", "{{ x }}"),
    *(
        "![x](y)",
        "[x]: http://y",
        "http://x.y",
        "===",
        "---",
        "    x",
        "1. ",
        "* ",
        "|",
        "``",
        "\n",
    ),
)
TEXTS = st.one_of(
    st.text(LIKELY, max_size=24),
    st.text(max_size=24),
    st.lists(st.sampled_from(MARKUP), max_size=4).map("".join),
).map(allowed)


class Page(HTMLParser):
    """The elements of a page, with their attributes' names, and its text and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.text, self.title = "", ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.title += dict(attrs).get("title") or ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append(f"comment {data}")

    handle_decl = unknown_decl = handle_pi = handle_comment


@cache
def markdown() -> Markdown:
    """Markdown as the site's configuration sets it up."""
    config = load_config(str(TESTS.parent / "mkdocs.yml"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def test_no_text_has_a_character_that_is_not_seen() -> None:
    """By the categories of Unicode: none of control, format, private and surrogate."""
    for number in (*range(0x20000), *range(0x20000, 0x110000, 97), *range(0xE0000, 0xE0080)):
        sign = chr(number)
        unseen = unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") and not sign.isspace()
        if unseen:
            assert allowed(f"a{sign}b") is None, f"U+{number:04X}"
        elif unicodedata.category(sign)[0] in "LNP":
            assert allowed(f"a{sign}b") == f"a{sign}b"


@pytest.mark.parametrize("place", PLACES)
@given(TEXTS.filter(bool))
@example("<script>alert(1)</script>")
@example("- x")
@example("{: onclick=x }")
def test_text_is_shown_as_it_is(place: str, text: str) -> None:
    shown = Page(markdown().reset().convert(place.format(escape(text))))
    assert shown.elements == PLACES[place]
    if "title" in place:
        assert shown.title == text
    else:
        outside = Page(markdown().reset().convert(place.format("%"))).text.split("%")
        assert shown.text == text.join(outside)


@pytest.mark.parametrize("place", [place for place in PLACES if "title" not in place])
@given(TEXTS.filter(bool))
@example("<script>alert(1)</script>")
@example("- x")
@example("{: onclick=x }")
@example("&lt; &#60; &copy; &x $1")
def test_text_is_shown_as_it_is_in_a_twin(place: str, text: str) -> None:
    made = Twins(()).text(place.format(escape(text)), "events")
    assert not set(made) & set("<{}")
    shown = Page(markdown().reset().convert(made))
    assert shown.elements == PLACES[place]
    outside = Page(markdown().reset().convert(place.format("%"))).text.split("%")
    assert shown.text.strip() == text.join(outside).strip()


def test_no_text_in_attributes_that_markdown_reads_twice() -> None:
    """Of an element with `markdown`, the attributes are read and written: `&amp;ap;` to `≈`."""
    twice = re.compile(r"<[^>{]*\smarkdown\b[^>]*\{\{|!\[[^\]]*\{\{")
    templates = [*(TESTS.parent / "docs").rglob("*.md")]
    assert [path.name for path in templates if twice.search(path.read_text())] == []


@given(TEXTS.filter(bool))
def test_escaped_text_has_nothing_left_to_escape(text: str) -> None:
    assert not set(escape(text)) & set('<>"\\`*_{}[]|~^$\n')
    assert Page(escape(text)).text == text
    assert finalize(text) == escape(text)
    assert finalize(Markup(text)) == text  # noqa: S704 - never shown


@given(st.text("https:/ example.org?&'()[]<>\"\\`{}|\n*_é", max_size=30).map("https://".__add__))
def test_address_stays_within_its_place(url: str) -> None:
    shown = Page(
        markdown().reset().convert(f'[x]({link_target(url)}) <i title="{link_target(url)}">')
    )
    assert shown.elements == ["p", "a href", "i title"]
    assert shown.text.strip() == "x"


@pytest.mark.parametrize(
    "url", ["javascript:x", "data:,x", "//x", " http://x", "HTTP://x", "ftp://x", ""]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"^only http and https addresses can be linked, found "):
        link_target(url)


@pytest.mark.parametrize(("value", "shown"), [(1, "1"), (0.5, "0.5"), (-3, "-3")])
def test_numbers_are_shown_as_they_are(value: float, shown: str) -> None:
    assert finalize(value) == shown


@pytest.mark.parametrize("value", [None, True, [], {}, b"x", object()])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"^a template cannot write a "):
        finalize(value)
