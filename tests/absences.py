"""Tests that need something of the machine: skipped without it, and said aloud."""

import os
from collections import Counter
from pathlib import Path

import pytest


def needs() -> dict[str, tuple[bool, str]]:
    """For each marker: is its thing there, and what to say when it is not."""
    data = os.environ.get("REFERENCE_DATA", "")
    return {
        "browser": (bool(os.environ.get("CHROMIUM")), "no Chromium on this machine"),
        "reference_data": (bool(data) and Path(data).is_dir(), "no folder at REFERENCE_DATA"),
    }


def skip_what_cannot_run(items: list[pytest.Item]) -> None:
    for marker, (is_there, reason) in needs().items():
        if not is_there:
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=f"{marker}: {reason}"))


def say_what_was_skipped(reporter) -> None:
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in reporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    if reasons:
        reporter.section("SKIPPED TESTS", sep="!", yellow=True, bold=True)
        for reason, count in reasons.most_common():
            reporter.line(f"{count} skipped — {reason}", yellow=True)
