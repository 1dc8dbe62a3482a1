"""Figures, what can be read from them, deals, companies and laws, as values."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.views import commerce, coverage, figures
from kzus.views.figures import Figure
from kzus.views.readings import amount, number
from records import AS_OF, change

SERIES = "data/series/us-goods-exports-to-kz.yaml"


def loaded(root: Path, *examples: str) -> Dataset:
    for example in examples:
        change(root, example)
    dataset, problems = load(root, as_of=AS_OF)
    assert [p for p in problems if p.level == "error"] == []
    return dataset


def figure(root: Path, *examples: str) -> Figure:
    (found,) = (one for group in figures.figures(loaded(root, *examples)).values() for one in group)
    return found


def values(*rows: str, **more: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"# {SERIES}\n{keys}values:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def other(*rows: str, flow: str = "exports") -> str:
    body = "".join(f"  - {{{row}}}\n" for row in rows)
    return (
        f"# data/series/kz-imports.yaml\ntitle: Imports of goods\ntopic: trade\n"
        f"unit: million U.S. dollars\nside: KZ\nflow: {flow}\nvalues:\n{body}"
        "sources: [stats-2015-table]\n"
    )


def segments(shown: Figure) -> list[int]:
    return [int(point["segment"].rpartition(" ")[2]) for point in shown.points]


def test_two_values_are_a_sentence(mini: Path) -> None:
    shown = figure(mini)
    assert (shown.spec, shown.reading) == ("", ("1,012.5 million U.S. dollars in 2014.",))
    assert [(row.period, row.cells[0][0].marks) for row in shown.rows] == [
        ("2015", ("partial",)),
        ("2014", ()),
    ]


def test_a_line_goes_from_year_to_year_only(mini: Path) -> None:
    rows = ["period: 2010, value: 1", "period: 2011, value: 2", "period: 2013, value: 4"]
    rows += ["period: 2014, value: 5", "period: 2015, value: 6", "period: 2016, value: 1"]
    rows[-1] += ", partial: true"
    shown = figure(mini, values(*rows))  # 2015 has a break
    assert segments(shown) == [1, 1, 2, 2, 3, 4]
    assert [point["sure"] for point in shown.points] == [True] * 5 + [False]
    assert shown.rules == ({"x": 2014.5},)
    assert shown.reading == (
        "From 1 in 2010 to 6 million U.S. dollars in 2015; the highest is 6 in 2015.",
    )


def test_figures_that_are_not_to_be_joined(mini: Path) -> None:
    rows = ["period: 2010, value: 9", "period: 2011-06, value: 2", "period: 2012/2013, value: 4"]
    shown = figure(mini, values(*rows, joined="false"))
    assert segments(shown) == [1, 2, 3]
    assert [point["x"] for point in shown.points] == [2010, 2010.95, 2012.5]
    assert shown.reading[0].startswith(
        "3 figures, from 2 million U.S. dollars (June 2011) to 9 million U.S. dollars (2010)."
    )


def test_two_sides_stand_in_one_figure_with_the_gap_named(mini: Path) -> None:
    mine = values("period: 2013, value: 100", "period: 2014, value: 200", flow="exports")
    shown = figure(mini, mine, other("period: 2014, value: 250.5", "period: 2013, value: 90"))
    assert [one.side for one in shown.series] == ["US", "KZ"]
    assert [row.gap for row in shown.rows] == [
        "+50.5 (+25%)",
        "\N{MINUS SIGN}10 (\N{MINUS SIGN}10%)",
    ]
    assert shown.reading[0] == (
        "For 2014, the United States' statistics give 200 million U.S. dollars and Kazakhstan's "
        "statistics give 250.5 million U.S. dollars. Over the 2 periods that both give, the two "
        "differ by 10 to 50.5."
    )
    assert shown.reading[1].startswith("By the United States' statistics: from 100 in 2013")


def test_two_sides_without_a_common_period(mini: Path) -> None:
    mine = values("period: 2013, value: 100", flow="exports")
    shown = figure(mini, mine, other("period: 2014, value: 0"))
    assert shown.reading[0] == "No period has a figure of both sides."
    assert {row.gap for row in shown.rows} == {""}


def test_one_common_period_needs_no_range(mini: Path) -> None:
    mine = values("period: 2014, value: 0", flow="exports")
    shown = figure(mini, mine, other("period: 2014, value: 5"))
    assert shown.reading[0].endswith("give 5 million U.S. dollars.")
    assert shown.rows[0].gap == "+5"


def test_months_are_columns_and_the_year_stays_in_the_table(mini: Path) -> None:
    rows = ["period: 2015, value: 6"] + [f"period: 2015-0{n}, value: {n}" for n in (1, 2, 3)]
    shown = figure(mini, values(*rows))
    assert (shown.spec, len(shown.points), len(shown.rows)) == ("months", 3, 4)
    assert shown.points[0]["period"] == "January 2015"
    assert shown.reading[0].startswith("From 1 in January 2015 to 3 million U.S. dollars in March")


def test_ranks_are_counted(mini: Path) -> None:
    rows = [f"period: {2010 + n}, value: {v}" for n, v in enumerate((1, 2, 2))]
    shown = figure(mini, values(*rows, topic="ranking", unit="rank"))
    assert (shown.spec, shown.reading) == ("ranks", ("Of 3 figures: rank 1 in 1, rank 2 in 2.",))


def test_the_lowest_is_named_where_figures_fall_below_zero(mini: Path) -> None:
    rows = [f"period: {2010 + n}, value: {v}" for n, v in enumerate((1, -2, 3))]
    assert figure(mini, values(*rows)).reading[0].endswith("the lowest \N{MINUS SIGN}2 in 2011.")


def test_estimates_alone_say_nothing(mini: Path) -> None:
    assert figure(mini, values("period: 2014, value: 1, estimate: true")).reading == ()


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1150.20", "million US dollars, nominal", "1,150.20 million US dollars"),
        ("374", "count", "374"),
        ("0.0041", "duty as a share of customs value", "0.41 percent of customs value"),
        ("23", "percent of total deliveries (U3O8)", "23 percent"),
    ],
)
def test_amounts_in_words(value: str, unit: str, words: str) -> None:
    from decimal import Decimal

    assert amount(Decimal(value), unit) == words
    assert number(Decimal("-1000")) == "\N{MINUS SIGN}1,000"


def test_disagreements_lead_to_their_page(mini: Path) -> None:
    own = f"""\
# {SERIES}
disputes:
  - about: number
    question: How much?
    claims:
      - {{says: A, sources: [state-2015-statement]}}
      - {{says: B, sources: [stats-2015-table]}}
# data/disputes/first-to-recognize.yaml
related: [us-goods-exports-to-kz]
"""
    assert figure(mini, own).disputes == (
        ("first-to-recognize", "Which country was the first to recognize Kazakhstan?"),
        ("us-goods-exports-to-kz-1", "How much?"),
    )


def test_a_page_may_order_figures(mini: Path) -> None:
    dataset = loaded(mini, other("period: 2014, value: 5", flow="b-flow"))
    plain = [one.id for one in figures.figures(dataset)["trade"]]
    assert plain == ["b-flow", "us-goods-exports-to-kz"]
    ordered = figures.figures(dataset, ["us-goods-exports-to-kz", "b-flow"])["trade"]
    assert [one.id for one in ordered] == plain[::-1]


DEAL = """\
# data/events/2016/2016-deal.yaml
title: Wagons bought
date: 2016
type: deal
pillars: [commerce]
themes: [trade]
organizations:
  - organization: air-astana
  - name: Chamber of Examples
facts:
  - It was stated at 3 million dollars.
  - The wagons are blue.
sources: [state-2015-statement, stats-2015-table]
# data/events/2016/2016-law.yaml
title: World of Wagons joins
date: 2016-02
type: milestone
pillars: [commitments]
facts: [It joined.]
sources: [state-2015-statement]
# data/agreements/2015-legal-assistance-treaty.yaml
pillars: [commerce]
themes: [trade]
"""


def test_deals_name_who_states_an_amount(mini: Path) -> None:
    ((year, (deal,)),) = commerce.deals(loaded(mini, DEAL))
    assert (year, deal.ref.title) == (2016, "Wagons bought")
    (stated,) = deal.amounts
    assert stated.text == "It was stated at 3 million dollars."
    assert stated.stated_by == ("U.S. Department of State", "Office of Statistics")
    air, chamber = deal.organizations
    assert (getattr(air, "title", ""), chamber) == ("Air Astana", "Chamber of Examples")


def test_companies_with_their_records_of_commerce(mini: Path) -> None:
    (company,) = commerce.companies(loaded(mini, DEAL))
    assert (company.ref.title, company.country) == ("Air Astana", "Kazakhstan")
    assert [seen.ref.id for seen in company.records] == ["2016-deal", "2015-11-02-kerry-astana"]


def test_the_legal_frame_takes_instruments_acts_and_named_subjects(mini: Path) -> None:
    dataset = loaded(mini, DEAL)
    assert [
        (law.ref.id, law.kind, law.state) for law in commerce.law(dataset, ["Wagons joins"])
    ] == [
        ("2015-legal-assistance-treaty", "Treaty", "in force since 6 December 2016"),
        ("2016-law", "Milestone", ""),
    ]
    assert [law.ref.id for law in commerce.law(dataset)] == ["2015-legal-assistance-treaty"]


def test_coverage_leaves_no_year_out(mini: Path) -> None:
    dataset = loaded(mini, DEAL, "# data/events/2014/2014-12-10-dialogue-session.yaml\nnull\n")
    assert coverage.years(dataset) == (("2015", 1, 1, 1), ("2016", 2, 0, 0))
    assert coverage.themes(dataset) == (("Trade", 2, 1, 1),)
    assert coverage.pillars(dataset)[0][0] == "Strategic dialogue"


def test_an_empty_record_has_no_years(tmp_path: Path) -> None:
    dataset, _ = load(tmp_path, as_of=AS_OF)
    assert coverage.years(dataset) == ()
    assert figures.figures(dataset) == {}
