"""Charts: plain shapes that one title and one description speak for."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kzus.loader import load
from kzus.site import charts
from kzus.site.vega import Vega
from kzus.views.figures import Figure, figures
from records import AS_OF, change

DOCS = Path(__file__).resolve().parent.parent / "docs"
TITLE = 'Is <this> "it"?'
LONGER = """\
# data/series/us-goods-exports-to-kz.yaml
values:
  - {period: 2013, value: -3.25}
  - {period: 2014, value: 1012.5}
  - {period: 2015, value: 507, partial: true}
"""


@pytest.fixture
def figure(mini: Path) -> Figure:
    change(mini, LONGER)
    dataset, _ = load(mini, as_of=AS_OF)
    return figures(dataset)["trade"][0]


@pytest.mark.parametrize("spec", ["lines", "months", "ranks"])
def test_each_specification_draws_both_sizes(figure: Figure, spec: str) -> None:
    drawn = charts.Charts(DOCS).draw(replace(figure, spec=spec), TITLE)
    wide, narrow = drawn.split("\n")
    for size, svg in (("wide", wide), ("narrow", narrow)):
        root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by this package
        assert root.get("role") == "img"
        names = (root.get("aria-labelledby") or "").split()
        assert names == [f"{figure.id}-{size}-title", f"{figure.id}-{size}-text"]
        assert [root[0].text, root[1].text] == [TITLE, " ".join(figure.reading)]
        assert [root[0].get("id"), root[1].get("id")] == names


def test_a_drawing_uses_the_colours_of_the_site_and_no_style(figure: Figure) -> None:
    drawn = charts.Charts(DOCS).draw(figure, TITLE)
    assert "var(--kz-us)" in drawn
    assert not re.search(r" style=|<script|<image| href=|url\(", drawn)
    assert set(re.findall(r'(?:fill|stroke)="(.*?)"', drawn)) <= {
        *("none", "transparent"),
        *(f"var(--kz-{name})" for name in ("us", "kz", "other", "muted", "rule", "paper")),
    }


def test_a_drawing_is_the_same_each_time(figure: Figure) -> None:
    first = charts.Charts(DOCS).draw(figure, TITLE)
    assert charts.Charts(DOCS).draw(figure, TITLE) == first


def test_what_is_no_plain_shape_is_refused() -> None:
    broken = '<svg viewBox="0 0 1 1"><rect style="fill: red"/></svg>'
    with pytest.raises(ValueError, match="plain shapes"):
        charts._plain(broken)


BROKEN = '{"mark": "scribble"}'


def test_a_specification_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn() -> None:
    vega = Vega("5.21")
    with pytest.raises(ValueError, match="cannot be drawn"):
        vega.svg(BROKEN)
    spec = '{"mark": "point", "data": {"values": [{"a": 1}]}}'
    assert vega.svg(spec).startswith("<svg")


def test_an_end_of_the_drawing_process_is_told() -> None:
    vega = Vega("5.21")
    with pytest.raises(ValueError, match="cannot be drawn"):
        vega.svg(BROKEN)
    assert vega.process is not None
    vega.process.kill()
    vega.process.wait()
    with pytest.raises(ValueError, match="has ended"):
        vega.svg(BROKEN)


def test_the_drawing_process_ends_with_what_began_it() -> None:
    vega = Vega("5.21")
    with pytest.raises(ValueError, match="cannot be drawn"):
        vega.svg(BROKEN)
    process = vega.process
    assert process is not None
    assert process.poll() is None
    del vega
    assert process.returncode is not None
