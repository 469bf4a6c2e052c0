"""The registry: the course's own is right, and a wrong one says what is wrong."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coursekit.data import DataError, Registry, RegistryError, UnknownName, catalogue, load, readme_text, registry
from coursekit.data.entry import parse_entry
from coursekit.data.library import LIBRARIES
from coursekit.data.schema import TYPES, parse_columns
from coursekit.errors import CourseError

if TYPE_CHECKING:
    from conftest import Course

DATA = Path(__file__).resolve().parents[3] / "data"


def test_the_course_registry_is_the_checkouts() -> None:
    """In a checkout the registry is data/registry.toml, read once."""
    assert registry().path == DATA / "registry.toml"
    assert registry() is registry()
    assert list(registry()) == list(Registry(DATA / "registry.toml"))
    assert len(registry()) == len(set(registry()))


def test_an_installed_package_brings_its_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a checkout the copy that the wheel carries is used; with neither, the error says so."""
    package = tmp_path / "site-packages" / "coursekit"
    monkeypatch.setattr(catalogue, "__file__", str(package / "data" / "catalogue.py"))
    with pytest.raises(RegistryError, match="install coursekit again"):
        catalogue.course_registry()
    carried = package / "_course" / "data" / "registry.toml"
    carried.parent.mkdir(parents=True)
    carried.write_text((DATA / "registry.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert list(Registry()) == list(registry())


def test_every_loader_in_the_list_is_registered() -> None:
    """No library member is allowed that nothing uses and no test has tried."""
    used = {entry.loader for entry in registry().values() if entry.loader}
    assert used == {f"{library}:{member}" for library, members in LIBRARIES.items() for member in members}


def test_licences_of_statsmodels_are_what_the_library_says() -> None:
    """A set that the registry calls public domain is called so by the library."""
    for entry in registry().values():
        if entry.library == "statsmodels":
            notice = import_module(f"statsmodels.datasets.{entry.loader.partition(':')[2]}").COPYRIGHT
            assert "public domain" in notice.lower()
            assert entry.licence == "public domain (as stated by statsmodels)"


def test_licences_of_the_photographs_are_what_the_library_says() -> None:
    """scikit-learn's note beside the photographs names the licence."""
    note = (Path(import_module("sklearn.datasets").__file__).parent / "images" / "README.txt").read_text()
    assert note.count("creativecommons.org/licenses/by/2.0/") == 2
    assert {registry()[name].licence for name in ("china", "flower")} == {"CC BY 2.0"}


def test_nothing_is_bundled_without_leave() -> None:
    """A bundled file is there, and its licence does not say download only; no other file lies in data/."""
    for entry in registry().values():
        assert not (entry.bundled and "download only" in entry.licence)
    bundled = {entry.file for entry in registry().values() if entry.bundled}
    assert {path.name for path in DATA.iterdir() if path.is_file()} == {"registry.toml", "README.md", *bundled}


def test_the_readme_is_in_step() -> None:
    """data/README.md is what the registry says today."""
    assert (DATA / "README.md").read_text(encoding="utf-8") == readme_text(), (
        "data/README.md is out of step: run `python -m coursekit.data > data/README.md`"
    )


def test_the_readme_names_licence_and_citation_of_every_set() -> None:
    """Nothing is left out of it."""
    text = readme_text()
    for entry in registry().values():
        section = text.partition(f"\n## {entry.name}\n")[2].partition("\n## ")[0]
        assert f"- Licence: {entry.licence}\n" in section
        assert f"- Cite: {entry.citation}\n" in section
        assert all(f"| `{column.name}` | {column.type} |" in section for column in entry.columns)


def test_the_readme_of_a_bundled_set_with_a_stand_in(course: Course) -> None:
    """What the course's own registry does not use yet is written too."""
    course.add("cities", bundled=True, stand_in="some:function", title="Cities | towns")
    text = readme_text(course.registry())
    assert "ships with the course" in text
    assert "simulated stand-in" in text
    assert "Cities \\| towns" in text


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": None}, "'title' is missing"),
    ({"licence": "  "}, "'licence' is missing"),
    ({"citation": None}, "'citation' is missing"),
    ({"colour": "red"}, "'colour' is unknown"),
    ({"kind": "sound"}, "kind is 'sound'"),
    ({"rows": None}, "needs its rows"),
    ({"rows": "many"}, "rows must be a whole number, got 'many'"),
    ({"rows": True}, "rows must be a whole number, got True"),
    ({"columns": None}, "and its columns"),
    ({"columns": {"city": "word: name"}}, "column 'city' has the type 'word'"),
    ({"columns": {"x_[0-1]": "real", "x_0": "real"}}, "'x_0' is named twice"),
    ({"sha256": "abc"}, "sha256 must be 64 lower-case hexadecimal digits, got 'abc'"),
    ({"sha256": None}, "sha256 must be"),
    ({"bytes": 0}, "bytes must be"),
    ({"url": None}, "needs its url"),
    ({"url": "ftp://example.org/a.csv"}, "url must be an https address"),
    ({"url": "http://example.org/a.csv"}, "url must be an https address"),
    ({"file": "../a.csv"}, "plain file name"),
    ({"file": None}, "exactly one of loader, file and parts must be given, got none"),
    ({"loader": "sklearn:iris"}, "got loader and file"),
    ({"file": None, "loader": "r:mtcars"}, "libraries are sklearn, statsmodels"),
    ({"file": None, "loader": "sklearn:boston"}, "sklearn has breast_cancer"),
    ({"file": None, "parts": ["x"]}, "part_column"),
    ({"stand_in": "module.function"}, "'module:function'"),
    ({"target": "price"}, "target = 'price' is not among the columns"),
    ({"labels": {"price": ["low", "high"]}}, "labels.price = 'price' is not among the columns"),
    ({"index": "date"}, "index = 'date' is not among the columns"),
    ({"read": {"format": "excel"}}, "read.format is 'excel'"),
    ({"read": {"sheet": 1}}, "read.sheet is unknown"),
    ({"read": {"format": "lines"}}, "exactly one column"),
    ({"read": {"format": "text"}}, "kind = 'text' goes with"),
    ({"kind": "text"}, "kind = 'text' goes with"),
    ({"kind": "image", "shape": [2, 2, 3]}, "an image needs a loader"),
    ({"kind": "image", "file": None, "loader": "sklearn:china", "shape": [2]}, "an image needs its shape"),
]


@pytest.mark.parametrize(("changes", "fault"), WRONG, ids=[fault for _, fault in WRONG])
def test_a_wrong_entry_says_what_is_wrong(course: Course, changes: dict[str, Any], fault: str) -> None:
    """The sentence names the file, the entry and the fault."""
    course.add("cities", **changes)
    with pytest.raises(RegistryError) as caught:
        course.registry()
    assert str(caught.value).startswith("The data registry course/registry.toml is wrong at [cities]: ")
    assert fault in str(caught.value)


@pytest.mark.parametrize("parts", [["cities", "nowhere"], ["cities", "both"]])
def test_a_wrong_part_is_named(course: Course, parts: list[str]) -> None:
    """A part must be registered, and must have a file."""
    course.add("cities")
    course.add("both", file=None, parts=parts, part_column="people", part_labels=[0, 1])
    with pytest.raises(RegistryError, match=rf"\[both\]: the part '{parts[1]}'"):
        course.registry()


def test_a_file_belongs_to_one_entry(course: Course) -> None:
    """Two entries with one file name would overwrite each other in the cache."""
    course.add("cities")
    course.add("towns", file="cities.csv")
    with pytest.raises(RegistryError, match=r"\[towns\]: the file cities.csv belongs to \[cities\]"):
        course.registry()


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"[cities\n", "not valid TOML"), (b"\xff\xfe", "not valid TOML"), (b"cities = 1\n", "an entry is a table, got 1"),
     (b"[Cities]\n", "only lower-case letters")],
)  # fmt: skip
def test_a_broken_file_says_so(tmp_path: Path, content: bytes, fault: str) -> None:
    """Neither a traceback of the parser nor a KeyError."""
    path = tmp_path / "registry.toml"
    path.write_bytes(content)
    with pytest.raises(RegistryError, match=fault):
        Registry(path)


def test_an_absent_file_says_so(tmp_path: Path) -> None:
    """The sentence names the file."""
    with pytest.raises(RegistryError, match=r"none\.toml cannot be read: No such file"):
        Registry(tmp_path / "none.toml")


def test_an_empty_registry_is_not_the_courses(course: Course) -> None:
    """A registry without entries is used as it is."""
    with pytest.raises(UnknownName):
        load("co2", book=course.registry())


@pytest.mark.parametrize(
    ("wrong", "right"), [("titanik", "titanic"), ("CO2", "co2"), ("breast-cancer", "breast_cancer")]
)
def test_an_unknown_name_brings_the_nearest(wrong: str, right: str) -> None:
    """The sentence suggests a name and the command that lists all."""
    with pytest.raises(UnknownName) as caught:
        load(wrong)
    assert str(caught.value) == (
        f"There is no data set called {wrong!r}. Did you mean {right!r}? The command `course data list` shows them all."
    )


def test_a_name_like_none_brings_no_guess() -> None:
    """Nothing is suggested where nothing is near."""
    with pytest.raises(UnknownName, match=r"^There is no data set called 'zzzzzz'\. The command"):
        load("zzzzzz")


def test_an_error_shows_as_one_sentence() -> None:
    """Every error is a DataError and a CourseError, and a notebook shows its sentence alone."""
    with pytest.raises(DataError) as caught:
        load("titanik")
    assert isinstance(caught.value, CourseError)
    assert caught.value._render_traceback_() == [f"UnknownName: {caught.value}"]


@given(st.data())
def test_a_slip_of_one_letter_finds_its_name(data: st.DataObject) -> None:
    """Whatever letter is dropped or replaced, the name is suggested (of the two that are twins, either)."""
    name = data.draw(st.sampled_from([name for name in registry() if len(name) >= 6]))
    place = data.draw(st.integers(0, len(name) - 1))
    slip = name[:place] + data.draw(st.sampled_from(["", "x", "q"])) + name[place + 1 :]
    assume(slip not in registry())
    with pytest.raises(UnknownName) as caught:
        registry()[slip]
    twins = {"rt_polarity_pos", "rt_polarity_neg"}
    wanted = twins if name in twins else {name}
    assert any(f"Did you mean {candidate!r}?" in str(caught.value) for candidate in wanted)


@given(st.text(max_size=70))
def test_only_a_sha256_is_a_sha256(text: str) -> None:
    """Any other text is refused."""
    assume(not (len(text) == 64 and set(text) <= set("0123456789abcdef")))
    raw = {
        "title": "t", "kind": "table", "licence": "l", "citation": "c", "use": "u", "file": "f.csv", "bytes": 1,
        "url": "https://example.org/f.csv", "rows": 1, "columns": {"a": "real"},
    }  # fmt: skip
    assert parse_entry("cities", raw | {"sha256": "0123456789abcdef" * 4}).bytes == 1
    with pytest.raises(ValueError, match="sha256 must be"):
        parse_entry("cities", raw | {"sha256": text})


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=3), st.sampled_from(TYPES))
def test_a_range_of_columns_unfolds_in_order(ranges: list[tuple[int, int]], kind: str) -> None:
    """The last range runs fastest, as nested loops would; an upside-down range is empty."""
    names = [""]
    for first, last in ranges:
        names = [f"{name}_{number}" for name in names for number in range(first, last + 1)]
    pattern = "p" + "".join(f"_[{first}-{last}]" for first, last in ranges)
    columns = parse_columns({pattern: f"{kind}: meaning: with a colon"})
    assert [column.name for column in columns] == ["p" + name for name in names]
    assert {(column.type, column.meaning) for column in columns} <= {(kind, "meaning: with a colon")}
