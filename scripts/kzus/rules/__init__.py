"""Checks across records: what `kzus check` knows beyond the shape of one file.

A rule is a generator from the dataset to findings. It never raises, prints or reads files. Its
docstring is its page in the contributor's guide: one paragraph on what must be and why, then an
example that is wrong and one that is right, which the tests run on the miniature record. A line
`# data/...` names the file that the keys below it change.

`RULES` is the policy, in the order in which it is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from .. import yamlfile
from ..dataset import Dataset
from ..problems import Problem, shown
from . import (
    commitments,
    counts,
    dialogues,
    disputes,
    happenings,
    lifecycle,
    paths,
    redirects,
    references,
    series,
    sources,
    tenures,
)
from .base import Finding, Manual, Rule

__all__ = ["RULES", "Finding", "Manual", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    Rule("wrong-folder", paths.wrong_folder),
    Rule("unsorted-table", paths.unsorted_table),
    Rule("unknown-source", references.unknown_source),
    Rule("unknown-person", references.unknown_person),
    Rule("unknown-organization", references.unknown_organization),
    Rule("unknown-event", references.unknown_event),
    Rule("unknown-agreement", references.unknown_agreement),
    Rule("unknown-dialogue", references.unknown_dialogue),
    Rule("unknown-office", references.unknown_office),
    Rule("unknown-place", references.unknown_place),
    Rule("unknown-theme", references.unknown_theme),
    Rule("unknown-record", references.unknown_record),
    Rule("ambiguous-record", references.ambiguous_record),
    Rule("reference-to-itself", references.reference_to_itself),
    Rule("repeated-reference", references.repeated_reference),
    Rule("unused-entry", references.unused_entry, "warning"),
    Rule("record-without-source", sources.record_without_source),
    Rule("source-not-listed", sources.source_not_listed),
    Rule("unused-source", sources.unused_source, "warning"),
    Rule("repeated-address", sources.repeated_address, "warning"),
    Rule("steps-out-of-order", lifecycle.steps_out_of_order),
    Rule("impossible-life", lifecycle.impossible_life),
    Rule("step-against-event", lifecycle.step_against_event),
    Rule("tenure-out-of-order", tenures.tenure_out_of_order),
    Rule("office-overlap", tenures.office_overlap),
    Rule("office-left-open", tenures.office_left_open, "warning"),
    Rule("role-against-office", tenures.role_against_office, "warning"),
    Rule("repeated-session", dialogues.repeated_session),
    Rule("sessions-out-of-order", dialogues.sessions_out_of_order),
    Rule("too-few-claims", disputes.too_few_claims),
    Rule("claim-without-source", disputes.claim_without_source),
    Rule("question-without-mark", disputes.question_without_mark),
    Rule("status-without-evidence", commitments.status_without_evidence),
    Rule("evidence-before-promise", commitments.evidence_before_promise),
    Rule("promise-against-event", commitments.promise_against_event),
    Rule("repeated-event", happenings.repeated_event),
    Rule("repeated-participant", happenings.repeated_participant),
    Rule("date-ahead", happenings.date_ahead, "warning"),
    Rule("repeated-period", series.repeated_period),
    Rule("periods-out-of-order", series.periods_out_of_order),
    Rule("too-few-entries", counts.too_few_entries),
    Rule("vanished-id", redirects.vanished_id),
    Rule("redirect-to-nowhere", redirects.redirect_to_nowhere),
    Rule("redirect-of-live-id", redirects.redirect_of_live_id),
)


def check(dataset: Dataset, root: Path, skip: Iterable[str] = ()) -> list[Problem]:
    """Apply all rules but the skipped; return problems with their positions, unsorted.

    Positions are looked up by reading a file again, and only for files that have a finding:
    a clean record pays nothing for them.
    """
    left_out = frozenset(skip)
    document = lru_cache(maxsize=None)(lambda path: yamlfile.read((root / path).read_bytes()))
    return [
        _problem(dataset, rule, finding, document)
        for rule in RULES
        if rule.name not in left_out
        for finding in rule.check(dataset)
        if not _outdated(dataset, finding)
    ]


def _outdated(dataset: Dataset, finding: Finding) -> bool:
    """Whether a finding is on an entry that stands as it last could be read."""
    return finding.entry is not None and (finding.entry.kind, finding.entry.id) in dataset.broken


def _problem(
    dataset: Dataset, rule: Rule, finding: Finding, document: Callable[[str], yamlfile.Document]
) -> Problem:
    path, place = finding.file, finding.path
    if finding.entry is not None:
        path, base = dataset.files[finding.entry.kind, finding.entry.id]
        place = (*base, *place)
    position = document(path).position(place) if place else (0, 0)
    where = shown(finding.path)
    message = f"{where}: {finding.message}" if where else finding.message
    return Problem(path, *position, rule.name, message, finding.hint, rule.level)
