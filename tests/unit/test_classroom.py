"""Which gradebook a class has."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit.grading.classroom import nbgrader_config

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = "postgresql+psycopg2://grader@db.example/course"


def gradebook_of(folder: Path) -> str:
    return str(nbgrader_config(folder).CourseDirectory.db_url)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_CLASS", raising=False)
    monkeypatch.delenv("COURSE_DB_URL", raising=False)


def test_a_gradebook_is_a_file_of_its_class_by_default() -> None:
    assert gradebook_of(ROOT) == f"sqlite:///{ROOT / 'gradebook.db'}"


def test_a_gradebook_elsewhere_is_that_of_the_configured_class_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_DB_URL", ELSEWHERE)
    assert gradebook_of(ROOT) == ELSEWHERE
    assert gradebook_of(ROOT / "demo") == f"sqlite:///{ROOT / 'demo' / 'gradebook.db'}"


def test_a_named_class_has_the_gradebook_that_its_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CLASS", "autumn")
    assert gradebook_of(ROOT / "autumn") == f"sqlite:///{ROOT / 'autumn' / 'gradebook.db'}"
    monkeypatch.setenv("COURSE_DB_URL", ELSEWHERE)
    assert gradebook_of(ROOT / "autumn") == ELSEWHERE
