"""What a change means, in words."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzus.cli import main
from kzus.views import meaning
from records import change, checked, mini, write

AGREEMENT = "data/agreements/2015-legal-assistance-treaty.yaml"
EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"
NEW = """\
# data/events/2016/2016-01-01-new-year.yaml
title: New Year <b>greetings</b> from @all
date: 2016-01-01
type: statement
pillars: [dialogue]
facts: [The two sides sent greetings.]
sources: [state-2015-statement]
"""
FACT = "The Secretary of State came to Astana."
DISPUTE = f"""\
# {EVENT}
disputes:
  - about: number
    question: Which session was it?
    claims: [{{says: The fourth, sources: [statistics-2016]}}, {{says: None, unattributed: true}}]
    note: It says so.
"""
CASES = {
    NEW: [
        "This change adds 1 event.",
        "- **added** event “New Year &lt;b&gt;greetings&lt;/b&gt; from @\u2060all”"
        " (`2016-01-01-new-year`)",
    ],
    f"# {EVENT}\ndate: 2015-11-03\n": ["moves its date from 2 November 2015 to 3 November 2015"],
    f"# {EVENT}\ntitle: Another\n": ["is renamed: was “Visit of the Secretary of State to Astana”"],
    f"# {EVENT}\nthemes: []\n": ["loses the theme: trade"],
    f"# {EVENT}\nplace: washington\n": ["changes place from astana to washington"],
    f"# {EVENT}\ndisputes: []\n": ["loses a disagreement: “Which session was it?”"],
    f"# {AGREEMENT}\nlifecycle: [{{event: entered-into-force, date: 2016-12-06}},"
    " {event: terminated, date: 2016-12-31}]\n": [
        "gains a step: event terminated, date 31 December 2016",
        "is no longer in force: terminated on 31 December 2016",
    ],
    f"# {EVENT}\nfacts: [{{text: {FACT}, sources: [statistics-2016]}}]\n": [
        "- changes a fact, “The Secretary of State came to Astana.”:"
        " gains the source: statistics-2016\n"
    ],
    f"# {EVENT}\nfacts: [The Secretary of State came to Almaty.]\n": [
        "words a fact anew: was “The Secretary of State came to Astana.”,"
        " now “The Secretary of State came to Almaty.”\n"
    ],
    f"# {EVENT}\nfacts: [Nothing of it is left as it was]\n": [
        "loses a fact: “The",
        "gains a fact",
    ],
    f"# {EVENT}\nthemes: [trade, nuclear, energy]\n": ["gains the themes: nuclear, energy\n"],
    f"# {EVENT}\ndialogue: {{number: 5}}\n": ["changes dialogue: changes number from 4 to 5\n"],
    f"# {EVENT}\nparticipants: [{{person: john-kerry, role: Envoy, side: US}},"
    " {name: Aliya Example, side: KZ}]\n": [
        "changes a participant, “john-kerry”: changes role: was “Secretary of State”, now “Envoy”\n"
    ],
    DISPUTE: [
        "changes a disagreement, “Which session was it?”: changes a claim, “The fourth”:"
        " loses the source: state-2015-statement; gains the source: statistics-2016;"
        " changes note: was “The record follows the statement.”, now “It says so.”\n"
    ],
    "# data/people/john-kerry.yaml\nname: John F. Kerry\n": ["is renamed: was “John Kerry”"],
    "# data/commitments/2015-regional-trade.yaml\nstatus: lapsed\n": ["to lapsed"],
    "# data/people/john-kerry.yaml\nnull\n": ["- **removed** person “John Kerry” (`john-kerry`)"],
}


def means(old: Path, new: Path) -> str:
    return meaning.as_markdown(meaning.changes(checked(old)[0], checked(new)[0]))


@pytest.mark.parametrize("example", CASES, ids=lambda text: text.split("\n")[1][:20])
def test_words(tmp_path: Path, example: str) -> None:
    old, new = mini(tmp_path / "old"), mini(tmp_path / "new")
    change(new, example)
    text = means(old, new)
    for words in CASES[example]:
        assert words in text


def test_nothing_changes(tmp_path: Path) -> None:
    old, new = mini(tmp_path / "old"), mini(tmp_path / "new")
    assert means(old, new) == "This change does not alter what the record says.\n"


@pytest.mark.parametrize(
    ("redirect", "words"),
    [
        ("moved: {people/john-kerry: people/john-forbes-kerry}\n", "is now john-forbes-kerry"),
        ("withdrawn: {people/john-kerry: entered twice}\n", "reason: entered twice"),
    ],
)
def test_renamed_and_withdrawn(tmp_path: Path, redirect: str, words: str) -> None:
    old, new = mini(tmp_path / "old"), mini(tmp_path / "new")
    person = new / "data/people/john-kerry.yaml"
    person.rename(person.with_name("john-forbes-kerry.yaml"))
    write(new, "data/redirects.yaml", redirect)
    assert words in means(old, new)


def test_who_names_what_was_renamed_has_not_changed(tmp_path: Path) -> None:
    old, new = mini(tmp_path / "old"), mini(tmp_path / "new")
    person = new / "data/people/john-kerry.yaml"
    person.rename(person.with_name("john-forbes-kerry.yaml"))
    for path in (new / "data/events").rglob("*.yaml"):
        path.write_text(path.read_text().replace("john-kerry", "john-forbes-kerry"))
    write(new, "data/redirects.yaml", "moved: {people/john-kerry: people/john-forbes-kerry}\n")
    assert "This change renames 1 person.\n" in means(old, new)


def test_a_cut_shows_what_differs(tmp_path: Path) -> None:
    old, new = mini(tmp_path / "old"), mini(tmp_path / "new")
    for root, end in (old, "four"), (new, "five"):
        change(root, f"# {EVENT}\nfacts: [{'A word and another word ' * 12}and {end}.]\n")
    assert "another word and four.”, now “…" in means(old, new)


def test_unused_source(tmp_path: Path) -> None:
    old, new = mini(tmp_path / "old"), mini(tmp_path / "new")
    change(new, NEW.replace("state-2015-statement", "statistics-2016"))
    for path in (new / "data").rglob("*.yaml"):
        if "sources" not in path.parts:
            path.write_text(path.read_text().replace("state-2015-statement", "other"))
    assert "is no longer used" in means(old, new)


def test_long_changes_are_cut(tmp_path: Path) -> None:
    found = (meaning.Change("added", "events", "x", "a"),) * 3
    assert meaning.as_markdown(found, most=2).endswith("- and 1 more\n")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(mini(tmp_path))
    git("init", "-q", "-b", "main")
    git("add", "data")
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "Begin")
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments])


def test_command(repository: Path) -> None:
    assert run("main", "HEAD").output == "This change does not alter what the record says.\n"
    change(repository, f"# {EVENT}\ndate: 2015-11-03\n")
    assert "moves its date" in run("main").output
    write(repository, "data/people/broken.yaml", "name: [\n")
    assert "\n1 fault in files: run `kzus check`" in run("main").output


@pytest.mark.parametrize("revision", ["nonsense", "--output=x"])
def test_unknown_revision(repository: Path, revision: str) -> None:
    result = run("--", revision)
    assert result.exit_code == 2
    assert "git knows no revision" in result.output
    assert not (repository / "x").exists()


def test_links_and_other_files_of_a_revision_are_left_out(repository: Path) -> None:
    (repository / "data/people/link.yaml").symlink_to("/etc/hostname")
    write(repository, "data/schema/people.schema.json", "{}")
    write(repository, "data/.hidden/x.yaml", "a: b\n")
    git("add", "-f", "data")
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "Link")
    assert run("HEAD~1", "HEAD").output == "This change does not alter what the record says.\n"
