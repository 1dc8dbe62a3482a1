"""New files from answers and from flags."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzus import drafts, yamlfile
from kzus.cli import main
from kzus.cli.new import complete
from records import TESTS, checked, mini, plain, write

EVENT = [
    "event",
    "title=Talks: on trade",
    "date=2016-03-01",
    "type=meeting",
    "pillars=commerce",
    "participants=kerry; US; Secretary of State",
    "facts=The two sides talked about trade.",
    "sources=state",
]
SOURCE = "sources=state"
FIELDS = {
    "agreement": ["title=A", "short_title=A", "type=treaty", "pillars=commerce", "parties=US",
                  "lifecycle=signed; 2016-02-01; astana; sources=state", "binding=yes",
                  "identifiers=unts=12; kav=3"],
    "commitment": ["text=Do it.", "made=2015", "pillars=commerce", "by=US", SOURCE,
                   "evidence=2016; It was done.; sources=stats"],
    "person": ["name=Aliya Example", "country=KZ", SOURCE, "names=ru=Алия; variants=Alia; Alija",
               "offices=; Envoy; 2010; 2011"],
    "organization": ["name=Chamber of Examples", SOURCE],
    "series": ["title=A", "topic=trade", "unit=USD", "side=US", "values=2015; 12.5; partial=yes",
               "breaks=2015; Counted anew.", SOURCE],
    "dispute": ["about=date", "question=When?", "claims=2015; state", "claims=2016; stats, state"],
    "office": ["title=Minister", "country=KZ", "body=Ministry"],
    "dialogue": ["name=Example dialogue", "facts=It began; soon.; sources=stats, state"],
    "place": ["name=Semey", "country=KZ"],
    "theme": ["name=Example", "description=An example."],
    "publisher": ["publisher=Example Press", "side=other"],
    "source": ["publisher=department", "title=B", "url=https://example.org/b", "kind=press",
               "language=en"],
}  # fmt: skip
SINCE = "SOURCE_DATE_EPOCH"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SINCE, "1485820800")
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def run(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *arguments], input=answers)


def strict() -> list[str]:
    """What the strict check finds, but for what is in no use yet."""
    lines = CliRunner().invoke(main, ["check", "--strict"]).output.splitlines()
    return [line for line in lines if ": " in line and " warning unused-" not in line]


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
    assert CliRunner().invoke(main, ["check", "--strict"]).output == "no problems\n"


@pytest.mark.parametrize("kind", FIELDS)
def test_every_kind_passes_the_strict_check(record: Path, kind: str) -> None:
    result = run(kind, *FIELDS[kind], "--id", "an-example")
    assert result.exit_code == 0, result.output
    assert (record / result.output.strip()).is_file()
    assert "an-example" in checked(record)[0].of(drafts.MODELS[kind].kind)
    assert strict() == []
    assert CliRunner().invoke(main, ["fmt", "--check", result.output.strip()]).exit_code == 0


def test_all_kinds_are_tried() -> None:
    assert {*FIELDS, "event"} == set(drafts.MODELS)


def test_parts_by_place_and_by_name(record: Path) -> None:
    parts = ["name=Jane Roe; US; Envoy; co-chair", "idrissov; side=KZ", "kerry; US"]
    run(*EVENT, *(f"participants={part}" for part in parts[:2]), "pillars=dialogue, commitm")
    run("dispute", *FIELDS["dispute"], "--id", "when")
    run("person", *FIELDS["person"])
    run("dialogue", *FIELDS["dialogue"])
    dataset, problems = checked(record)
    event = plain((record / "data/events/2016/2016-03-01-talks-on-trade.yaml").read_text())
    assert event["participants"][1:] == [
        {"name": "Jane Roe", "role": "Envoy; co-chair", "side": "US"},
        {"person": "erlan-idrissov", "side": "KZ"},
    ]
    assert dataset.disputes["when"].sources == ("state-2015-statement", "stats-2015-table")
    assert dataset.disputes["when"].claims[1].sources[0] == "stats-2015-table"
    assert dataset.people["aliya-example"].names.variants == ("Alia", "Alija")
    assert dataset.people["aliya-example"].offices[0].title == "Envoy"
    assert dataset.dialogues["example-dialogue"].facts[0].text == "It began; soon."
    assert {problem.rule for problem in problems} == {"unused-entry"}


def test_the_example_of_the_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TESTS.parent / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    shown = run("--help").output
    assert "\\b" not in shown
    example = shown[shown.index('kzus new event title="') :].replace("\\\n", "")
    result = run(*shlex.split(example)[2:])
    assert result.exit_code == 0, result.output
    check = CliRunner().invoke(main, ["check", "--strict"])
    assert (check.exit_code, check.output) == (0, "no problems\n")


def test_asking(record: Path) -> None:
    answers = ["", "Aliya Example", "", "kz", "KZ", "", "She works.", "", "", "https://exa", "20",
               "https://example.org/statement", "", "aliya x", "aliya"]  # fmt: skip
    result = run("person", answers="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("this field must be filled") == 2
    assert "country: must be two capitals" in result.output
    assert "Write: office; title; from; to; seen=...; note=..." in result.output
    assert "seen: A date on which a source shows" in result.output
    assert "which one? state-2015-statement, stats-2015-table" in result.output
    assert "the id must be lower-case letters" in result.output
    assert plain((record / "data/people/aliya.yaml").read_text()) == {
        "name": "Aliya Example",
        "country": "KZ",
        "facts": ["She works."],
        "sources": ["state-2015-statement"],
    }
    assert strict() == []


def asked(*answers: str, fields: list[str]) -> Result:
    """Run with answers to what the fields leave open; after them, Enter as often as needed."""
    return run(*fields, "--ask", answers="\n".join([*answers, *[""] * 20]) + "\n")


def without(*names: str) -> list[str]:
    return [field for field in EVENT if field.split("=")[0] not in names]


def test_asking_again_where_several_or_none_fit(record: Path) -> None:
    write(record, "data/people/jim-kerry.yaml", "name: Jim Kerry\ncountry: US\n")
    people = ["kerry; US", "nobody", "jon-kerry; US", "john ker; UK", "john ker; US"]
    result = asked("", "", "", *people, fields=without("participants"))
    assert "person: which one? jim-kerry, john-kerry\n" in result.output
    assert "person: nothing fits 'nobody': `kzus new person` adds one" in result.output
    assert "person: nothing fits 'jon-kerry': did you mean john-kerry?" in result.output
    assert "side: nothing fits 'UK': " in result.output


def test_what_the_rules_refuse_is_asked_again_and_nothing_else(record: Path) -> None:
    """Enter keeps an answer, `-` removes it; a list holds others still."""
    fields = ["dispute", "question=When?", "about=date", "claims=2015; state"]
    result = asked("", "", "", "x", "", "2016; stats", fields=fields)
    assert "claims: must hold two answers or more, found 1" in result.output
    assert "[2015; state]> " in result.output
    dispute = checked(record)[0].disputes["x"]
    assert [claim.says for claim in dispute.claims] == ["2015", "2016"]
    assert strict() == []
    twice = ["participants=kerry; US", "participants=kerry; US; Minister"]
    result = asked(*[""] * 8, "kerry; US", "-", fields=[*without("participants"), *twice])
    assert "participants[1]: john-kerry stands in the list already" in result.output
    event = checked(record)[0].events["2016-03-01-talks-on-trade"]
    assert [p.role for p in event.participants] == [None]


def test_where_no_field_is_to_blame_one_asks_which(record: Path) -> None:
    fields = [*without("title", "date"), "title=visit of the Secretary of State to Astana"]
    fields += ["date=2015-11-02"]
    result = asked(*[""] * 8, "titel", "title", "Talks", fields=fields)
    assert "tells the same event as 2015-11-02-kerry-astana" in result.output
    assert "title: Talks" in next((record / "data/events/2015").glob("*to-astana*")).read_text()
    write(record, "data/redirects.yaml", "withdrawn:\n  people/x: It was wrong.\n")
    result = asked("", "", "", "x", "id", "y", fields=["person", "name=A", "country=US", SOURCE])
    assert "error redirect-of-live-id" in result.output
    assert (record / "data/people/y.yaml").is_file()


def test_no_answer_is_lost(record: Path) -> None:
    result = run("person", "--ask", "name=Aliya Example", answers="\nKZ\n\nShe works; hard.\n")
    assert result.exit_code == 1
    command = result.output.split("nothing is written; to go on: kzus new ")[1].splitlines()[0]
    assert shlex.split(command) == [
        *("person", "name=Aliya Example", "country=KZ", "facts=She works; hard.", "--ask")
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (["person", "country=KZ"], "missing: name, sources; give them as FIELD=VALUE, or --ask"),
        (["event", "--no-ask"], "missing: title, date, type, pillars, facts, sources; give"),
        (["person", "name=A", "country=Kazakhstan", SOURCE], "country: must be two capitals"),
        (["person", "name=A", "name=B"], "name is given twice"),
        (["person", "name=Алия", "country=KZ", SOURCE], "missing: --id, for the name has no Latin"),
        (["person", "nam=A"], "must be FIELD=VALUE, with one of name"),
        (["event", "place=atlantis"], "place: nothing fits 'atlantis': `kzus new place` adds one"),
        (["event", "place=astanna"], "place: nothing fits 'astanna': did you mean astana?"),
        (["event", "pillars=dialogue, x"], "nothing fits 'x': one of dialogue, commitments, comm"),
        (["event", "participants=kerry; person=idrissov"], "participants: person is given twice"),
        (["person", "names=Алия"], "names: must begin with one of kk=, ru=, former=, variants="),
        (["event", "disputes=x"], "must be FIELD=VALUE"),
        ([*without("date"), "date=2016-13-01"], "bad-date: date: 2016-13-01 has month 13"),
        ([*without("date"), "date=2020-01-01"], "warning date-ahead: date: 2020-01-01 lies ahead"),
        ([*EVENT, "dialogue=strategic; ministers; 3"], "dialogue.number: session 3 of"),
        (["dispute", "about=date", "question=When", "claims=2015; state", "--id", "x"], "2 errors"),
        (["source", "publisher=department", "title=B", "url=ftp://x", "kind=press", "language=en"],
         "http or https"),
        (["source", "publisher=department", "title=B", "url=https://example.org/table",
          "kind=press", "language=en"], "has the address of stats-2015-table"),
        (["person", "name=A", "country=US", SOURCE, "--id", "../x"], "the id must be lower-case"),
        (["place", "name=Washington", "country=US"], "the id washington is taken by data/places.y"),
        (["person", "name=John Kerry", "country=US", SOURCE],
         "the id john-kerry is taken by data/people/john-kerry.yaml: choose another"),
    ],
)  # fmt: skip
def test_wrong_fields_write_nothing(record: Path, fields: list[str], words: str) -> None:
    before = {path: path.is_file() and path.read_bytes() for path in record.rglob("*")}
    result = run(*fields)
    assert result.exit_code != 0
    assert words in " ".join(result.output.split())
    assert "0000" not in result.output
    assert {path: path.is_file() and path.read_bytes() for path in record.rglob("*")} == before


def test_nothing_is_overwritten(record: Path) -> None:
    (record / "data/people/a.yaml").mkdir()
    result = run("person", "name=A", "country=US", SOURCE)
    assert result.exit_code == 1
    assert "data/people/a.yaml is there already" in result.output


def test_files_that_cannot_be_read_or_grow(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(record, "data/places.yaml", "a: b: c\n")
    assert "data/places.yaml:1:" in run("place", *FIELDS["place"]).output
    (record / "data/places.yaml").unlink()
    assert run("place", *FIELDS["place"]).exit_code == 0
    assert plain((record / "data/places.yaml").read_text()).keys() == {"semey"}
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 2_000)
    text = ["name=A", "country=US", SOURCE, *[f"facts={'long ' * 100}"] * 5]
    assert "a file may have 2,000 bytes at most" in run("person", *text).output


def test_a_read_only_folder(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kzus.cli.new.write_whole", refuse)
    result = run("person", "name=A", "country=US", SOURCE)
    assert "data/people/a.yaml cannot be written: Permission denied" in result.output


def test_completion(record: Path) -> None:
    from click import Context

    context = Context(main.commands.get("new") or main, info_name="new")
    context.params["kind"] = "event"
    parameter = main.params[0]

    def found(text: str) -> list[str]:
        return [item.value for item in complete(context, parameter, text)]

    assert "date=" in found("da")
    assert found("place=wash") == ["place=washington"]
    assert found("participants=kerry") == ["participants=john-kerry"]
    assert found("nonsense=a") == []
    context.params["kind"] = "nonsense"
    assert found("da") == []
