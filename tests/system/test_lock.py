"""The lock, the groups, the conda face and what is installed say the same."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

#: Versions that something depends on; the reason stands in the issue tracker and in the course's notes on its stack.
MATTER = {
    "torch": "2.13.0",  # a looser pin takes gigabytes of CUDA
    "pyarrow": "25.0.1",  # mlflow needs < 26
    "python-dateutil": "2.9.0.post0",  # mlflow needs < 3
    "fastapi": "0.149.0",  # Prefect breaks on 0.155 and later
    "xgboost-cpu": "3.2.0",  # plain xgboost brings NCCL
    "nbgrader": "0.9.6",
    "mlflow": "3.17.2",
    "prefect": "3.8.8",
    "numpy": "2.4.6",
    "pandas": "3.1.1",
    "scikit-learn": "1.9.1",
}
GROUPS = {"core", "deep", "mlops", "llm", "dev", "bench"}


@pytest.fixture(scope="module")
def lock(root: Path) -> dict[str, str]:
    lines = (root / "requirements.txt").read_text().split()
    assert all(re.fullmatch(r"[\w.-]+==[\w.!]+", line) for line in lines), "every line of the lock is name==version"
    return {canonicalize_name(name): pin for name, pin in (line.split("==") for line in lines)}


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def test_versions_that_matter(lock: dict[str, str]) -> None:
    assert {name: lock.get(name) for name in MATTER} == MATTER
    assert not {"xgboost", "tensorflow", "nvidia-nccl-cu12"} & set(lock)


def test_every_requirement_is_locked_at_an_allowed_version(lock: dict[str, str], project: dict) -> None:
    groups = project["optional-dependencies"]
    assert set(groups) == GROUPS
    wanted = [Requirement(line) for lines in [project["dependencies"], *groups.values()] for line in lines]
    missing = [str(need) for need in wanted if canonicalize_name(need.name) not in lock]
    outside = [str(need) for need in wanted if not need.specifier.contains(lock.get(canonicalize_name(need.name), "0"))]
    assert (missing, outside) == ([], [])


def test_coursekits_own_requirements_are_few_and_loose(project: dict) -> None:
    needs = [Requirement(line) for line in project["dependencies"]]
    assert len(needs) <= 10
    assert [str(need) for need in needs if any(spec.operator != ">=" for spec in need.specifier)] == []


def test_week_one_needs_no_heavy_stack(project: dict) -> None:
    core = {Requirement(line).name for line in project["optional-dependencies"]["core"]}
    assert not core & {"torch", "mlflow", "prefect", "transformers", "pyspark"}


def test_the_conda_face_has_the_locks_versions(root: Path, lock: dict[str, str]) -> None:
    face = yaml.safe_load((root / "environment.yml").read_text())
    conda = [line for line in face["dependencies"] if isinstance(line, str)]
    pip = next(line["pip"] for line in face["dependencies"] if isinstance(line, dict))
    assert face["channels"] == ["conda-forge"]
    assert "python=3.11" in conda
    assert f"pytorch={lock['torch']}=cpu_*" in conda, "conda's CPU build at the lock's version"
    assert "--constraint requirements.txt" in pip
    groups = re.findall(r"--editable \.\[(.+)\]", " ".join(pip))[0].split(",")
    assert set(groups) <= GROUPS


def test_what_is_installed_here_has_the_locks_versions(lock: dict[str, str]) -> None:
    wrong = {}
    for name, pin in lock.items():
        try:
            found = version(name).split("+")[0]
        except PackageNotFoundError:
            continue
        if found != pin and name not in ("pip", "setuptools", "wheel"):
            wrong[name] = f"{found}, lock: {pin}"
    assert wrong == {}, "run `make environment`"


def test_environments_of_their_own_are_locked_too(root: Path) -> None:
    for wanted in (root / "environments").glob("*.in"):
        pins = dict(line.split("==") for line in wanted.with_suffix(".txt").read_text().split())
        for line in wanted.read_text().split():
            need = Requirement(line)
            assert need.specifier.contains(pins[need.name]), wanted.name
