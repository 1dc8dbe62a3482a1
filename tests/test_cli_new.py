"""New files from answers and from flags."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzus import drafts
from kzus.cli import main
from kzus.cli.new import complete
from records import checked, mini, plain, write

EVENT = [
    "event",
    "title=Talks: on trade",
    "date=2016-03-01",
    "type=meeting",
    "pillars=commerce",
    "participants=kerr; US; Secretary of State",
    "facts=The two sides talked about trade.",
    "sources=state",
]
FIELDS = {
    "agreement": ["title=A", "short_title=A", "type=treaty", "pillars=commerce", "parties=US"],
    "commitment": ["text=Do it.", "made=2015", "pillars=commerce", "by=US"],
    "person": ["name=Aliya Example", "country=KZ"],
    "organization": ["name=Chamber of Examples"],
    "series": ["title=A", "topic=trade", "unit=USD", "side=US", "values=2015; 12.5"],
    "dispute": ["about=date", "question=When?", "claims=2015; state-2015-statement"],
    "office": ["title=Minister", "country=KZ", "body=Ministry"],
    "dialogue": ["name=Example dialogue"],
    "place": ["name=Semey", "country=KZ"],
    "theme": ["name=Example", "description=An example."],
    "publisher": ["publisher=Example Press", "side=other"],
    "source": ["publisher=department", "title=B", "url=https://example.org/b", "kind=press",
               "language=en"],
}  # fmt: skip


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def run(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *arguments], input=answers)


def test_an_event_by_flags(record: Path) -> None:
    path = "data/events/2016/2016-03-01-talks-on-trade.yaml"
    result = run(*EVENT)
    assert (result.exit_code, result.output) == (0, f"{path}\n")
    text = (record / path).read_text(encoding="utf-8")
    assert text == (
        "# yaml-language-server: $schema=../../schema/events.schema.json\n"
        "title: 'Talks: on trade'\ndate: 2016-03-01\ntype: meeting\npillars:\n  - commerce\n"
        "participants:\n  - person: john-kerry\n    role: Secretary of State\n    side: US\n"
        "facts:\n  - The two sides talked about trade.\nsources:\n  - state-2015-statement\n"
    )
    assert not [p for p in checked(record)[1] if p.path == path]


@pytest.mark.parametrize("kind", FIELDS)
def test_every_kind(record: Path, kind: str) -> None:
    result = run(kind, *FIELDS[kind], "--id", "an-example")
    assert result.exit_code == 0, result.output
    assert "an-example" in checked(record)[0].of(drafts.MODELS[kind].kind)


def test_all_kinds_are_tried() -> None:
    assert {*FIELDS, "event"} == set(drafts.MODELS)


def test_asking(record: Path) -> None:
    answers = ["", "Aliya Example", "KZ", "She works.", "", "state-2015", "", "aliya"]
    result = run("person", answers="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "this field must be filled" in result.output
    assert plain((record / "data/people/aliya.yaml").read_text()) == {
        "name": "Aliya Example",
        "country": "KZ",
        "facts": ["She works."],
        "sources": ["state-2015-statement"],
    }


def test_asking_again_where_several_or_none_fit(record: Path) -> None:
    write(record, "data/people/jim-kerry.yaml", "name: Jim Kerry\ncountry: US\n")
    fields = [field for field in EVENT if not field.startswith("participants")]
    answers = ["", "", "", "kerry; US", "nobody", "john ker; US", *[""] * 9]
    result = run(*fields, "--ask", answers="\n".join(answers) + "\n")
    assert "which one? jim-kerry, john-kerry" in result.output
    assert "nothing fits 'nobody'" in result.output
    assert result.exit_code == 0, result.output
    event = checked(record)[0].events["2016-03-01-talks-on-trade"]
    assert [p.person for p in event.participants] == ["john-kerry"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (["person", "country=KZ"], "the field name is missing"),
        (["person", "name=A", "country=Kazakhstan"], "country"),
        (["person", "nam=A"], "must be FIELD=VALUE, with one of name"),
        (["event", "place=atlantis"], "place: nothing fits 'atlantis'"),
        (["event", "date=2016-13-01", "title=A"], "month 13"),
        (["source", "publisher=department", "title=B", "url=ftp://x", "kind=press", "language=en"],
         "http or https"),
    ],
)  # fmt: skip
def test_wrong_fields_write_nothing(record: Path, fields: list[str], words: str) -> None:
    before = sorted(record.rglob("*"))
    result = run(*fields)
    assert result.exit_code != 0
    assert words in result.output
    assert sorted(record.rglob("*")) == before


def test_nothing_is_overwritten(record: Path) -> None:
    before = (record / "data/people/john-kerry.yaml").read_bytes()
    result = run("person", "name=John Kerry", "country=US")
    assert result.exit_code == 1
    assert "data/people/john-kerry.yaml is there already" in result.output
    assert (record / "data/people/john-kerry.yaml").read_bytes() == before
    assert "the id washington is taken" in run("place", "name=Washington", "country=US").output


def test_a_read_only_folder(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    result = run("person", "name=A", "country=US")
    assert "data/people/a.yaml cannot be written: Permission denied" in result.output


def test_completion(record: Path) -> None:
    from click import Context

    context = Context(main.commands.get("new") or main, info_name="new")
    context.params["kind"] = "event"
    parameter = main.params[0]
    assert "date=" in [item.value for item in complete(context, parameter, "da")]
    assert [item.value for item in complete(context, parameter, "place=wash")] == [
        "place=washington"
    ]
    assert complete(context, parameter, "nonsense=a") == []
