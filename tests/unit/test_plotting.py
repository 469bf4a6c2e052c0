"""The plotting room: what its figures hold, read from the artists and never from pixels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from coursekit import plotting


@pytest.fixture
def ax() -> Iterator[Axes]:
    fig, axes = plt.subplots()
    yield axes
    plt.close(fig)


@pytest.fixture(autouse=True)
def _untouched_style() -> Iterator[None]:
    with mpl.rc_context():
        yield


def cell_texts(axes: Axes) -> list[str]:
    """Words of the cells, row by row."""
    return [text.get_text() for text in axes.texts]


def cells(axes: Axes) -> list[Rectangle]:
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def flags(axes: Axes) -> list[tuple[int, int]]:
    """Row and column of every cell with a flag in its corner."""
    corners = [patch.get_xy() for patch in axes.patches if isinstance(patch, Polygon)]
    return [(int(xy[0, 1]), int(xy[0, 0])) for xy in corners]


def stored_cells(axes: Axes) -> list[tuple[float, float]]:
    """Column and row of every cell that is filled, not dashed."""
    return [cell.get_xy() for cell in cells(axes) if cell.get_linestyle() == "-"]


def headline(fig: Figure) -> str:
    return fig.get_suptitle()


def draws_without_error(fig: Figure) -> bool:
    fig.canvas.draw()
    return True


# --- style and palette


def test_importing_the_room_does_not_import_matplotlib() -> None:
    code = "import sys, coursekit.plotting; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_palette_is_read_only_and_holds_colours() -> None:
    assert all(to_hex(colour).lower() == colour.lower() for colour in plotting.PALETTE.values())
    with pytest.raises(TypeError):
        plotting.PALETTE["blue"] = "#000000"  # type: ignore[index]


def test_course_style_sets_the_palette_and_the_layout() -> None:
    plotting.use_course_style()
    cycle = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    assert cycle[:2] == [plotting.PALETTE["blue"], plotting.PALETTE["vermillion"]]
    assert set(cycle) <= set(plotting.PALETTE.values())
    assert len(set(cycle)) == len(cycle)
    assert mpl.rcParams["figure.constrained_layout.use"]
    assert mpl.rcParams["image.interpolation"] == "nearest"


# --- draw_array


def test_draw_array_writes_each_value_in_its_cell(ax: Axes) -> None:
    assert plotting.draw_array(ax, [[1, 2, 3], [4, 5, 6]], title="X") is ax
    assert cell_texts(ax) == ["1", "2", "3", "4", "5", "6"]
    assert [cell.get_xy() for cell in cells(ax)] == [(c, r) for r in range(2) for c in range(3)]
    assert ax.get_title(loc="center") == "X"
    assert ax.yaxis_inverted()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.333"),
        (np.nan, "nan"),
        (-np.inf, "-inf"),
        (12345.6, "12346"),
        (2.5e9, "2.5e+09"),
        (True, "True"),
        ("ab", "ab"),
    ],
)
def test_draw_array_shortens_values(ax: Axes, value: object, text: str) -> None:
    plotting.draw_array(ax, np.array([value]))
    assert cell_texts(ax) == [text]


def test_draw_array_takes_a_scalar_and_a_row(ax: Axes) -> None:
    plotting.draw_array(ax, 7)
    assert cell_texts(ax) == ["7"]
    ax.clear()
    plotting.draw_array(ax, [1, 2, 3])
    assert [cell.get_y() for cell in cells(ax)] == [0, 0, 0]


def test_draw_array_marks_and_fades_the_cells_asked_for(ax: Axes) -> None:
    plotting.draw_array(
        ax, [[1, 2], [3, 4]], marked=[[False, True], [False, False]], faded=[[False, False], [True, False]]
    )
    assert flags(ax) == [(0, 1)]
    assert [cell.get_linestyle() for cell in cells(ax)] == ["-", "-", "--", "-"]
    assert [cell.get_linewidth() > 2 for cell in cells(ax)] == [False, True, False, False]


def test_draw_array_colours_by_palette_name_or_cell(ax: Axes) -> None:
    plotting.draw_array(ax, [1, 2], colour=["green", "#123456"])
    fills = [to_hex(cell.get_facecolor()) for cell in cells(ax)]
    assert fills == [plotting.PALETTE["green"].lower(), "#123456"]


def test_draw_array_writes_labels_outside_the_grid(ax: Axes) -> None:
    plotting.draw_array(ax, [[1, 2]], row_labels=["r"], column_labels=["a", "b"])
    placed = {text.get_text(): text.get_position() for text in ax.texts}
    assert placed["r"][0] < 0
    assert placed["a"][1] < 0
    assert placed["b"][0] == 1.5


def test_draw_array_sets_the_title_above_the_column_labels(ax: Axes) -> None:
    plotting.draw_array(ax, [[1, 2]], title="Title", column_labels=["a", "b"])
    ax.figure.canvas.draw()
    highest = max(text.get_window_extent().y1 for text in ax.texts)
    assert ax.title.get_window_extent().y0 > highest


def test_draw_array_says_when_there_is_nothing(ax: Axes) -> None:
    plotting.draw_array(ax, np.zeros((0, 3)))
    assert cell_texts(ax) == ["no elements"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"values": np.zeros((2, 2, 2))}, "got 3"),
        ({"values": [1, 2], "marked": [True]}, "marked has shape"),
        ({"values": [1, 2], "faded": [[True, False]]}, "faded has shape"),
        ({"values": [1, 2], "colour": ["red"] * 3}, "colour has shape"),
        ({"values": [1, 2], "row_labels": ["a", "b"]}, "row_labels has 2 labels for 1 rows"),
        ({"values": [1, 2], "column_labels": ["a"]}, "column_labels has 1 labels for 2 columns"),
    ],
)
def test_draw_array_refuses_what_does_not_fit(ax: Axes, arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plotting.draw_array(ax, **arguments)


# --- draw_broadcast


def test_broadcast_fills_what_exists_and_dashes_what_is_repeated() -> None:
    fig = plotting.draw_broadcast([[0], [10], [20]], [1, 2, 3, 4], title="sum")
    left, sign, right, equals, result = fig.axes
    assert stored_cells(left) == [(0, 0), (0, 1), (0, 2)]
    assert stored_cells(right) == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert cell_texts(result) == [str(a + b) for a in (0, 10, 20) for b in (1, 2, 3, 4)]
    assert left.get_title(loc="center") == "(3, 1) as (3, 4)"
    assert (cell_texts(sign), cell_texts(equals), headline(fig)) == (["+"], ["="], "sum")
    assert draws_without_error(fig)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("−", ["1", "2"]), ("×", ["2", "3"]), ("=", ["False", "False"])],
)
def test_broadcast_combines_with_the_operator_shown(operator: str, expected: list[str]) -> None:
    fig = plotting.draw_broadcast([2, 3], 1, operator=operator)
    assert cell_texts(fig.axes[4]) == expected


def test_broadcast_refuses_shapes_that_do_not_fit_and_unknown_operators() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        plotting.draw_broadcast(np.zeros((3, 2)), np.zeros(3))
    with pytest.raises(ValueError, match="choose one of"):
        plotting.draw_broadcast(1, 2, operator="/")


# --- draw_memory


def memory_row(fig: Figure, row: int) -> list[str]:
    """For each cell of the buffer the numbers of the view's elements that read it."""
    buffer = fig.axes[2 * row + 1]
    return [text.get_text() for text in buffer.texts if text.get_position()[1] > 1 and text.get_text() != "element"]


def test_memory_numbers_the_cells_in_the_order_of_each_view() -> None:
    X = np.arange(6, dtype=np.int16).reshape(2, 3)
    views = {"X": X, "T": X.T, "back": X[:, ::-2], "stretched": np.broadcast_to(X[:, :1], (2, 3)), "tail": X[1, 1:]}
    fig = plotting.draw_memory(X, views, title="buffer")
    assert memory_row(fig, 0) == ["0", "1", "2", "3", "4", "5"]
    assert memory_row(fig, 1) == ["0", "2", "4", "1", "3", "5"]
    assert memory_row(fig, 2) == ["1", "", "0", "3", "", "2"]
    assert memory_row(fig, 3) == ["0, 1, 2", "", "", "3, 4, 5", "", ""]
    assert memory_row(fig, 4) == ["", "", "", "", "0", "1"]
    assert fig.axes[3].get_title(loc="center") == "shape (3, 2), strides (2, 6) bytes"
    assert {"0", "10", "byte"} <= set(cell_texts(fig.axes[1]))
    assert draws_without_error(fig)


def test_memory_colours_a_cell_as_the_row_it_lands_in() -> None:
    X = np.arange(4).reshape(2, 2)
    seen, buffer = plotting.draw_memory(X, {"T": X.T}).axes
    fills = [to_hex(cell.get_facecolor()) for cell in cells(buffer)]
    assert fills[0] == fills[2] != fills[1] == fills[3]
    assert [to_hex(cell.get_facecolor()) for cell in cells(seen)] == [fills[0], fills[2], fills[1], fills[3]]


def test_memory_refuses_copies_other_dtypes_and_long_buffers() -> None:
    X = np.arange(6)
    with pytest.raises(ValueError, match="it is a copy"):
        plotting.draw_memory(X, {"copy": X.copy()})
    with pytest.raises(ValueError, match="dtype"):
        plotting.draw_memory(X, {"bytes": X.view(np.uint8)})
    with pytest.raises(ValueError, match="contiguous"):
        plotting.draw_memory(np.arange(13), {})
    with pytest.raises(ValueError, match="contiguous"):
        plotting.draw_memory(np.arange(12)[::2], {})


# --- draw_timings and show_images


def test_timings_are_lines_on_logarithmic_axes() -> None:
    fig = plotting.draw_timings([1, 10], {"loop": [1e-6, 1e-5], "NumPy": [2e-6, 3e-6]}, title="race")
    (axes,) = fig.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert {line.get_label(): list(line.get_ydata()) for line in axes.lines} == {
        "loop": [1e-6, 1e-5],
        "NumPy": [2e-6, 3e-6],
    }
    assert len({line.get_marker() for line in axes.lines}) == 2
    assert "seconds" in axes.get_ylabel()
    with pytest.raises(ValueError, match="'loop' has 1 times for 2 sizes"):
        plotting.draw_timings([1, 10], {"loop": [1.0]}, title="race")


def test_images_are_shown_unchanged_with_their_captions() -> None:
    grey = np.arange(20, dtype=np.uint8).reshape(4, 5)
    colour = np.full((4, 5, 3), 51, dtype=np.uint8)
    fig = plotting.show_images({"grey": grey, "colour": colour}, title="both")
    first, second = fig.axes
    np.testing.assert_array_equal(first.images[0].get_array(), grey)
    assert first.images[0].get_clim() == (0.0, 255.0)
    np.testing.assert_allclose(second.images[0].get_array(), 0.2)
    assert [axes.get_title(loc="center") for axes in fig.axes] == ["grey", "colour"]
    assert headline(fig) == "both"


@pytest.mark.parametrize("image", [np.zeros(5), np.zeros((2, 2, 2)), np.zeros((0, 3))])
def test_images_refuses_what_is_no_picture(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match="a picture is"):
        plotting.show_images({"x": image})
    with pytest.raises(ValueError, match="empty"):
        plotting.show_images({})


# --- target_against_yours


def test_equal_arrays_have_no_marks() -> None:
    target = np.array([[1.0, np.nan], [3.0, 4.0]])
    fig = plotting.target_against_yours(target, target.copy(), title="table")
    assert headline(fig) == "table\nno differences"
    assert flags(fig.axes[1]) == []
    assert fig.axes[0].get_title(loc="center") == "target: (2, 2) float64"


def test_every_difference_is_marked_on_yours() -> None:
    target = np.array([[1.0, 2.0], [3.0, 4.0]])
    yours = np.array([[1.0, 2.5], [np.nan, 4.0 + 1e-12]])
    fig = plotting.target_against_yours(target, yours, title="table")
    assert headline(fig).endswith("2 of 4 values differ")
    assert flags(fig.axes[1]) == [(0, 1), (1, 0)]
    assert flags(fig.axes[0]) == []


def test_different_shapes_are_said_and_not_compared() -> None:
    fig = plotting.target_against_yours(np.zeros((2, 3)), np.zeros((3, 2)), title="table")
    assert headline(fig).endswith("shapes differ: target (2, 3), yours (3, 2)")
    assert flags(fig.axes[1]) == []


def test_another_dtype_with_the_same_values_is_said() -> None:
    fig = plotting.target_against_yours([1, 2], np.array([1.0, 2.0]), title="row")
    assert headline(fig).endswith("same values; dtypes int64 and float64")


@pytest.mark.parametrize(("yours", "words"), [(None, "return its result"), ([1, 2], "type list"), ("x", "type str")])
def test_what_is_no_array_is_said_in_words(yours: object, words: str) -> None:
    fig = plotting.target_against_yours([1, 2], yours, title="row")
    assert words in cell_texts(fig.axes[1])[0]
    assert draws_without_error(fig)


def test_long_rows_are_lines_with_the_differences_marked() -> None:
    target = np.arange(50.0)
    yours = target.copy()
    yours[[7, 30]] = [99.0, np.nan]
    fig = plotting.target_against_yours(target, yours, title="row")
    line, marks = fig.axes[1].lines
    np.testing.assert_array_equal(line.get_ydata(), yours)
    np.testing.assert_array_equal(marks.get_xdata(), [7, 30])
    np.testing.assert_array_equal(marks.get_ydata(), [99.0, 0.0])
    assert len(fig.axes[0].lines) == 1


def test_photographs_get_a_panel_with_the_size_of_the_difference() -> None:
    target = np.full((20, 30, 3), 100, dtype=np.uint8)
    yours = target.copy()
    yours[5, 6, 2] = 110
    fig = plotting.target_against_yours(target, yours, title="photo")
    error = np.asarray(fig.axes[2].images[0].get_array())
    assert error.shape == (20, 30)
    assert error[5, 6] == 10
    assert np.count_nonzero(error) == 1
    assert headline(fig).endswith("1 of 1,800 values differ")


def test_large_tables_share_the_scale_of_the_target() -> None:
    target = np.linspace(0.0, 1.0, 600).reshape(20, 30)
    fig = plotting.target_against_yours(target, target * 5, title="table")
    assert fig.axes[0].images[0].get_clim() == fig.axes[1].images[0].get_clim() == (0.0, 1.0)


def test_of_a_cube_the_first_slice_is_drawn() -> None:
    fig = plotting.target_against_yours(np.zeros((2, 3, 4)), np.ones((2, 3, 4)), title="cube")
    assert fig.axes[1].get_title(loc="center") == "yours, first slice: (3, 4) float64"
    assert len(flags(fig.axes[1])) == 12


@pytest.mark.parametrize(
    ("target", "yours"),
    [
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.zeros((0, 3, 3)), np.zeros((0, 3, 3))),
        (np.array(3.0), np.array(4.0)),
        (np.array(["a", "b"]), np.array(["a", "c"])),
        (np.arange(3), np.array(["a", "b", "c"])),
        (np.arange(3), np.array([None, {}, []], dtype=object)),
        (np.full((20, 20), np.nan), np.zeros((20, 20))),
        (np.zeros((20, 20)), np.zeros((20, 20), dtype=bool)),
        (np.zeros(40), np.zeros(40, dtype=complex)),
        (np.zeros((20, 20)), np.full((20, 20), "x")),
        (np.zeros((20, 20, 3)), np.zeros((20, 20))),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), np.array(["2020-01-02"], dtype="datetime64[D]")),
    ],
    ids=lambda array: f"{array.shape}{array.dtype}",
)
def test_every_pair_of_arrays_can_be_drawn(target: np.ndarray, yours: np.ndarray) -> None:
    fig = plotting.target_against_yours(target, yours, title="any")
    assert headline(fig).startswith("any\n")
    assert draws_without_error(fig)


def test_figures_are_closed_so_that_a_notebook_shows_them_once() -> None:
    before = plt.get_fignums()
    plotting.target_against_yours([1], np.array([1]), title="t")
    plotting.draw_broadcast(1, 2)
    base = np.arange(2)
    plotting.draw_memory(base, {"base": base})
    plotting.draw_timings([1], {"a": [1.0]}, title="t")
    plotting.show_images({"a": np.zeros((2, 2))})
    assert plt.get_fignums() == before


def test_marks_do_not_rest_on_colour_alone() -> None:
    fig = plotting.target_against_yours([1, 2], np.array([1, 3]), title="row")
    plain, marked = cells(fig.axes[1])
    assert marked.get_linewidth() > plain.get_linewidth()
    assert marked.get_edgecolor() == to_rgba(plotting.PALETTE["vermillion"])
