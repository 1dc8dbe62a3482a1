"""What record pages show, below the site: bars, notes, the policy of finished pages."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from pathlib import Path

import pytest

from kzus.dates import parse
from kzus.edition import Edition
from kzus.exports import EXPORTS
from kzus.loader import load
from kzus.model.records import Tenure
from kzus.site import csp
from kzus.site.pages import Page, Site
from kzus.views import agreements, bars, records
from records import AS_OF, change
from site_builder import ROOT

AXIS = bars.Axis(date(2000, 1, 1), date(2010, 1, 1))


def tenure(**dates: str) -> Tenure:
    return Tenure(**{"title": "Minister", **dates})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "kinds"),
    [
        ({"from": "2001", "to": "2003"}, ["sure"]),
        ({"from": "2001"}, ["sure", "open"]),
        ({"from": "2001", "seen": "2004-05-01"}, ["sure", "open"]),
        ({"to": "2003"}, ["open"]),
        ({"seen": "2002-02-02"}, ["seen"]),
        ({}, []),
    ],
)
def test_a_bar_is_broken_where_no_source_shows_an_end(
    dates: dict[str, str], kinds: list[str]
) -> None:
    assert [bar.kind for bar in bars.tenure(AXIS, tenure(**dates))] == kinds


def test_bars_stay_on_their_line() -> None:
    for bar in bars.tenure(AXIS, tenure(**{"from": "1990", "to": "2020"})):
        assert (bar.x, bar.width) == (0, 100)
    assert AXIS.bar("seen", date(2010, 1, 1), date(2010, 1, 1)).x < 100


def test_ticks_keep_away_from_the_ends() -> None:
    long = bars.Axis(date(1991, 1, 1), date(2026, 11, 25))
    assert [year for year, _ in long.ticks] == [2000, 2010, 2020]
    assert AXIS.ticks == ()


def test_an_agreement_is_drawn_broken_until_a_source_shows_it_in_force(mini: Path) -> None:
    dataset, _ = load(mini, as_of=AS_OF)
    treaty = dataset.agreements["2015-legal-assistance-treaty"]
    drawn = bars.life(dataset, treaty, agreements.state(treaty, AS_OF))
    assert [bar.kind for bar in drawn] == ["open", "sure"]
    only_signed = treaty.model_copy(update={"lifecycle": treaty.lifecycle[:1]})
    drawn = bars.life(dataset, only_signed, agreements.state(only_signed, AS_OF))
    assert [bar.kind for bar in drawn] == ["open"]
    statement = only_signed.model_copy(update={"type": "joint-statement"})
    drawn = bars.life(dataset, statement, agreements.state(statement, AS_OF))
    assert [bar.kind for bar in drawn] == ["sure"]
    unmade = treaty.model_copy(update={"lifecycle": ()})
    assert bars.life(dataset, unmade, agreements.state(unmade, AS_OF)) == ()


def test_a_note_says_who_and_when(mini: Path) -> None:
    dataset, _ = load(mini, as_of=AS_OF)
    event = dataset.events["2014-12-10-dialogue-session"]
    note = records.view(dataset, event).notes.statements(event.outcomes)[0]
    assert note.numbers == tuple(item.number for item in note.notes)
    source = dataset.sources["stats-2015-table"]
    publisher = dataset.publishers[source.publisher].name
    expected = f"{publisher}, {source.date.words}" if source.date else publisher
    assert note.notes[0].short == expected


def test_what_rests_on_a_publishers_sources(mini: Path) -> None:
    dataset, _ = load(mini, as_of=AS_OF)
    rows = [row for p in dataset.publishers.values() for row in records.sources_of(dataset, p)]
    assert {row.source.id for row in rows} == set(dataset.sources)
    alone = {link.id for row in rows for link in row.alone}
    assert "2015-11-02-kerry-astana" in alone


def page(root: Path, path: str, edition: Edition | None = None) -> Page:
    dataset, problems = load(root, as_of=AS_OF)
    assert not [p for p in problems if p.level == "error"]
    site = Site(dataset, ROOT / "docs", edition or Edition())
    return next(plan.make() for plan in site.planned() if plan.path == path)


def test_both_sides_have_their_column_even_if_one_is_not_named(mini: Path) -> None:
    change(
        mini,
        "# data/events/2015/2015-11-02-kerry-astana.yaml\n"
        "participants: [{name: Aliya Example, side: KZ}]\n",
    )
    text = page(mini, "events/2015-11-02-kerry-astana.md").text
    us, kz = text.index("kz-side-us"), text.index("kz-side-kz")
    assert us < text.index("no one named") < kz < text.index("Aliya Example")


def test_former_names_and_other_spellings_are_on_the_page(mini: Path) -> None:
    change(mini, "# data/places.yaml\nastana: {names: {former: [Nur-Sultan, Akmola]}}\n")
    assert "formerly Nur-Sultan, Akmola" in page(mini, "events/2015-11-02-kerry-astana.md").text
    person = page(mini, "people/erlan-idrissov.md").text
    assert '<span lang="kk">Ерлан Ыдырысов</span>' in person
    assert "Yerlan Idrisov" in person


def test_links_to_edit_and_report_need_a_known_repository(mini: Path) -> None:
    path = "events/2015-11-02-kerry-astana.md"
    assert "Edit this record" not in page(mini, path).text
    known = page(mini, path, Edition(repository="https://example.org/a/b")).text
    assert "https://example.org/a/b/edit/main/data/events/2015/" in known
    assert "https://example.org/a/b/issues/new?template=correct.yml" in known


def test_a_policy_allows_the_pages_own_scripts_by_hash_and_no_others() -> None:
    html = (
        '<head><meta charset="utf-8"><script>a()</script><script src="x.js"></script>'
        '<script type="application/json">{"b": 1}</script><style>p {}</style></head>'
    )
    sealed = csp.seal(html)
    policy = sealed[sealed.index('content="') : sealed.index('">', sealed.index('content="'))]
    for text in ("a()", "p {}"):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 2
    assert "default-src 'none'" in policy
    assert sealed.replace(sealed[sealed.index("<meta http") : sealed.index("<script>")], "") == html


def test_dates_in_words_carry_their_machine_form(mini: Path) -> None:
    text = page(mini, "events/2015-11-02-kerry-astana.md").text
    assert '<time datetime="2015-11-02">2 November 2015</time>' in text
    assert parse("2015-11-02").words == "2 November 2015"


@pytest.mark.parametrize("folder", ["feed", "changes", "calendar"])
def test_a_dialogues_page_and_the_page_on_data_lead_to_what_one_can_follow(
    mini: Path, folder: str
) -> None:
    dataset, _ = load(mini, as_of=AS_OF)
    paths = {path for export in EXPORTS for path, _ in export.files(dataset, Edition())}
    of_dialogue = next(path for path in sorted(paths) if path.startswith(f"{folder}/dialogues/"))
    of_theme = next(path for path in sorted(paths) if path.startswith(f"{folder}/themes/"))
    assert f'../{of_dialogue}"' in page(mini, "dialogue/strategic-partnership-dialogue.md").text
    data = Site(dataset, ROOT / "docs", Edition()).page("data/index.md").text
    assert f'../{of_dialogue}"' in data
    assert f'../{of_theme}"' in data


def test_a_page_leads_to_those_before_and_after_it(mini: Path) -> None:
    names = sorted(path.stem for path in (mini / "data/people").glob("*.yaml"))
    first, second = (page(mini, f"people/{name}.md").text for name in names[:2])
    assert "All people" in first
    assert "the first" in first
    assert f'rel="prev" href="../{names[0]}/"' in second
