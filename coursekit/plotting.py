"""The course's plotting room: one style, one palette, and pictures of arrays.

Everything here draws with matplotlib, which is imported only when a function is called, so that importing
``coursekit`` stays quick. Functions that take an ``ax`` draw into it and return it; functions that make a whole
figure return a figure that is already closed for pyplot, so a notebook shows it once: as the value of the cell's
last line.
"""

from __future__ import annotations

import operator as _operator
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "PALETTE",
    "draw_array",
    "draw_broadcast",
    "draw_memory",
    "draw_timings",
    "show_images",
    "target_against_yours",
    "use_course_style",
]

#: The Okabe–Ito colours, told apart with every common kind of colour vision, and two greys for what is background.
PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "blue": "#0072B2",
        "orange": "#E69F00",
        "green": "#009E73",
        "vermillion": "#D55E00",
        "purple": "#CC79A7",
        "sky": "#56B4E9",
        "yellow": "#F0E442",
        "black": "#000000",
        "grey": "#767676",
        "light": "#E4E4E4",
    }
)
_CYCLE = ("blue", "vermillion", "green", "purple", "sky", "orange", "black")

_MARKERS = "os^DvPX"
_OPERATORS = MappingProxyType({"+": _operator.add, "−": _operator.sub, "×": _operator.mul, "=": _operator.eq})

_GRID_LIMIT = 12  # an array with a longer side than this is drawn as a line or an image, not cell by cell
_ABOVE_LABELS = 22.0  # points between the axes and a title that stands above the labels of columns
_RTOL, _ATOL = 1e-6, 1e-9  # two values nearer than this look the same in a picture
_UNIT_RANGE, _BYTE_RANGE = 1.0, 255.0


def use_course_style() -> None:
    """Set matplotlib's defaults to the course's style, for every figure that follows.

    White background, Okabe–Ito colour cycle, readable sizes, constrained layout (labels never overlap axes), and
    images shown pixel by pixel without smoothing.
    """
    import matplotlib as mpl

    mpl.rcParams.update(
        {
            "figure.figsize": (8.0, 4.0),
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "figure.titlesize": 13,
            "figure.titleweight": "bold",
            "savefig.dpi": 150,
            "font.size": 11,
            "axes.titlesize": 12,
            "axes.titlelocation": "left",
            "axes.labelsize": 11,
            "axes.prop_cycle": mpl.cycler(color=[PALETTE[name] for name in _CYCLE]),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": PALETTE["grey"],
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": PALETTE["light"],
            "grid.linewidth": 0.8,
            "xtick.labelsize": 10,
            "ytick.labelsize": 10,
            "legend.fontsize": 10,
            "legend.frameon": False,
            "lines.linewidth": 1.8,
            "image.cmap": "cividis",
            "image.interpolation": "nearest",
        }
    )


def draw_array(
    ax: Axes,
    values: ArrayLike,
    *,
    title: str | None = None,
    colour: str | ArrayLike = "sky",
    marked: ArrayLike | None = None,
    faded: ArrayLike | None = None,
    row_labels: Sequence[str] | None = None,
    column_labels: Sequence[str] | None = None,
) -> Axes:
    """Draw a small array as a grid of cells, each with its value written inside.

    Parameters
    ----------
    ax : matplotlib Axes
        Where to draw. Its ticks and frame are removed.
    values : array-like with 0, 1 or 2 dimensions
        A scalar is drawn as one cell and a 1-D array as one row.
    title : str, optional
        Written above the grid.
    colour : str or array-like of str, default "sky"
        Fill of the cells: a name in `PALETTE` or any matplotlib colour; or one per cell, in the shape of `values`.
    marked : array-like of bool, optional
        Cells to draw attention to: thick border and a flag in the corner. Same shape as `values`.
    faded : array-like of bool, optional
        Cells that are not really stored: dashed border, no fill, grey text. Same shape as `values`.
    row_labels, column_labels : sequence of str, optional
        Written left of the rows and above the columns.

    Returns
    -------
    matplotlib Axes
        The `ax` given.

    Raises
    ------
    ValueError
        If `values` has more than two dimensions, or a mask or a list of labels does not fit it.
    """
    array = np.asarray(values)
    if array.ndim > 2:
        raise ValueError(
            f"draw_array draws 0, 1 or 2 dimensions and got {array.ndim}: choose a slice, such as values[0]"
        )
    grid = np.atleast_2d(array)
    marks, fades = _as_mask(marked, array, "marked"), _as_mask(faded, array, "faded")
    colours = _as_colours(colour, array)
    for (row, column), value in np.ndenumerate(grid):
        _draw_cell(ax, row, column, _cell_text(value), colours[row, column], marks[row, column], fades[row, column])
    _frame_grid(ax, grid.shape)
    _write_labels(ax, grid.shape, row_labels, column_labels)
    if title is not None:
        ax.set_title(title, loc="center", pad=_ABOVE_LABELS if column_labels else None)
    return ax


def draw_broadcast(left: ArrayLike, right: ArrayLike, *, operator: str = "+", title: str | None = None) -> Figure:
    """Draw how two small arrays are stretched to one shape and then combined cell by cell.

    Cells that exist are filled; the repeated ones that broadcasting only pretends to have are dashed.

    Parameters
    ----------
    left, right : array-like with at most 2 dimensions
        The operands; their shapes must broadcast.
    operator : {"+", "−", "×", "="}
        How they are combined; ``"="`` asks which cells are equal.
    title : str, optional
        Title of the figure.

    Returns
    -------
    matplotlib Figure
        Make it the last line of the cell to see it.

    Raises
    ------
    ValueError
        If the shapes do not broadcast, or the operator is not one of the four.
    """
    import matplotlib.pyplot as plt

    if operator not in _OPERATORS:
        raise ValueError(f"operator is {operator!r}: choose one of {', '.join(_OPERATORS)}")
    a, b = np.asarray(left), np.asarray(right)
    result = _OPERATORS[operator](a, b)
    rows, columns = np.atleast_2d(result).shape
    widths = [columns, 0.6, columns, 0.6, columns]
    fig, axes = plt.subplots(
        1, 5, figsize=(11.0, 1.1 + 2.6 * rows / columns), width_ratios=widths, layout="constrained"
    )
    plt.close(fig)
    for ax, operand, name in ((axes[0], a, "blue"), (axes[2], b, "orange")):
        shown = np.broadcast_to(operand, result.shape)
        heading = f"{operand.shape}" if operand.shape == result.shape else f"{operand.shape} as {result.shape}"
        draw_array(ax, shown, title=heading, colour=name, faded=_repeated(operand, result.shape))
    draw_array(axes[4], result, title=f"{result.shape}", colour="green")
    for ax, sign in ((axes[1], operator), (axes[3], "=" if operator != "=" else "→")):
        ax.axis("off")
        ax.text(0.5, 0.5, sign, ha="center", va="center", fontsize=20, transform=ax.transAxes)
    if title is not None:
        fig.suptitle(title)
    return fig


def draw_memory(base: NDArray, views: Mapping[str, NDArray], *, title: str | None = None) -> Figure:
    """Draw which bytes of one buffer each view reads, and in which order.

    Each view gets a line: on the left the array as its user sees it, on the right the buffer of `base`, with the
    cells that the view reads coloured by the row they land in and numbered by the view's elements (from 0).

    Parameters
    ----------
    base : contiguous array, at most `12` elements
        Owner of the buffer.
    views : mapping from str to array with at most 2 dimensions
        Arrays that read the buffer of `base`, with the words to show beside them.
    title : str, optional
        Title of the figure.

    Returns
    -------
    matplotlib Figure
        Make it the last line of the cell to see it.

    Raises
    ------
    ValueError
        If `base` is not contiguous or too long, or a view has another dtype or does not read the buffer of `base`.
    """
    import matplotlib.pyplot as plt

    if not base.flags.c_contiguous or not 0 < base.size <= _GRID_LIMIT:
        raise ValueError(f"base must be contiguous with 1 to {_GRID_LIMIT} elements, and has shape {base.shape}")
    cells = {name: _buffer_cells(base, view, name) for name, view in views.items()}
    fig, axes = plt.subplots(
        len(views), 2, figsize=(10.0, 1.85 * len(views)), width_ratios=[3.4, 6], layout="constrained", squeeze=False
    )
    fig.get_layout_engine().set(h_pad=0.12)  # inches: else one view's elements touch the next one's title
    plt.close(fig)
    for (name, view), (seen, buffer) in zip(views.items(), axes, strict=True):
        inks = _row_colours(view)
        draw_array(seen, view, title=name, colour=inks)
        _draw_buffer(buffer, base, cells[name], inks)
        words = f"shape {view.shape}, strides {view.strides} bytes"
        buffer.set_title(words, loc="center", pad=_ABOVE_LABELS)
    if title is not None:
        fig.suptitle(title)
    return fig


def draw_timings(
    sizes: Sequence[int], times: Mapping[str, Sequence[float]], *, title: str, x_label: str = "number of elements"
) -> Figure:
    """Draw how long several ways of doing one thing take as it grows, on logarithmic axes.

    Parameters
    ----------
    sizes : sequence of int
        How much there was to do, all above 0.
    times : mapping from str to sequence of float
        For each way its seconds, one number for each size.
    title : str
        Title of the figure.
    x_label : str, default "number of elements"
        What `sizes` count.

    Returns
    -------
    matplotlib Figure
        Make it the last line of the cell to see it.

    Raises
    ------
    ValueError
        If a way has not one time for each size.
    """
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(8.5, 4.6), layout="constrained")
    plt.close(fig)
    for position, (name, seconds) in enumerate(times.items()):
        if len(seconds) != len(sizes):
            raise ValueError(f"{name!r} has {len(seconds)} times for {len(sizes)} sizes: give one each")
        ax.loglog(sizes, seconds, marker=_MARKERS[position % len(_MARKERS)], label=name)
    ax.set(title=title, xlabel=x_label, ylabel="time of one call (seconds)")
    ax.legend()
    return fig


def show_images(images: Mapping[str, NDArray], *, title: str | None = None, width: float = 12.0) -> Figure:
    """Show pictures side by side, all at the same height.

    Parameters
    ----------
    images : mapping from str to array of shape (height, width) or (height, width, 3 or 4)
        Pictures by caption. ``uint8`` arrays are shown from 0 to 255, others with two dimensions over their own range.
    title : str, optional
        Title of the figure.
    width : float, default 12.0
        Width of the figure in inches.

    Returns
    -------
    matplotlib Figure
        Make it the last line of the cell to see it.

    Raises
    ------
    ValueError
        If there is nothing to show, or an array is not a picture.
    """
    import matplotlib.pyplot as plt

    if not images:
        raise ValueError("images is empty: give at least one picture")
    for name, image in images.items():
        if image.size == 0 or not (image.ndim == 2 or (image.ndim == 3 and image.shape[-1] in (3, 4))):
            raise ValueError(
                f"{name!r} has shape {image.shape}: a picture is (height, width) or (height, width, 3 or 4)"
            )
    ratios = [max(image.shape[1] / image.shape[0], 1.0) for image in images.values()]  # a tall one needs caption room
    words = 0.25 * max(name.count("\n") + 1 for name in images) + (0.3 if title else 0.0)
    height = min((width - 0.3 - 0.4 * len(images)) / sum(ratios), 6.0) + 0.55 + words  # less the labels' room
    fig, axes = plt.subplots(
        1, len(images), figsize=(width, height), width_ratios=ratios, layout="constrained", squeeze=False
    )
    plt.close(fig)
    for ax, (name, image) in zip(axes[0], images.items(), strict=True):
        _show_pixels(ax, image, image)
        ax.set_title(name, loc="center")
    for ax in axes[0, 1:]:
        ax.set_ylabel("")
    if title is not None:
        fig.suptitle(title)
    return fig


def target_against_yours(target: ArrayLike, yours: object, *, title: str) -> Figure:
    """Draw the array that is wanted beside the array that was made, with every difference marked.

    Small arrays are drawn cell by cell, long 1-D arrays as lines, photographs and large tables as images with a third
    panel for the size of the difference. Of an array with more dimensions the first slice is drawn. If the shapes
    differ, the figure says so.

    Parameters
    ----------
    target : array-like
        What is wanted.
    yours : object
        What was made. Anything but an array (``None``, a list) is said in words instead of drawn.
    title : str
        What the two arrays are.

    Returns
    -------
    matplotlib Figure
        Make it the last line of the cell to see it.
    """
    wanted = np.asarray(target)
    made = yours if isinstance(yours, np.ndarray) else None
    same_shape = made is not None and made.shape == wanted.shape
    differs = _differences(wanted, made) if same_shape else None
    shows_error = differs is not None and _is_pixels(wanted)
    stacked = wanted.ndim == 1 and (made is None or made.ndim == 1)
    fig, axes = _side_by_side(3 if shows_error else 2, stacked=stacked, lines=_is_line(wanted))
    _draw_side(axes[0], wanted, "target", scale=wanted)
    if made is None:
        _say(axes[1], _not_an_array(yours), "yours")
    else:
        _draw_side(axes[1], made, "yours", scale=wanted if same_shape else made, marked=differs)
    if shows_error:
        _draw_error(fig, axes[2], wanted, made)
    fig.suptitle(f"{title}\n{_verdict(wanted, made, differs)}")
    return fig


# --- draw_array's pieces ---------------------------------------------------------------------------------------------


def _as_mask(mask: ArrayLike | None, array: NDArray, name: str) -> NDArray[np.bool_]:
    if mask is None:
        return np.zeros(np.atleast_2d(array).shape, dtype=bool)
    given = np.asarray(mask, dtype=bool)
    if given.shape != array.shape:
        raise ValueError(f"{name} has shape {given.shape} and values {array.shape}: they must agree")
    return np.atleast_2d(given)


def _as_colours(colour: str | ArrayLike, array: NDArray) -> NDArray[np.object_]:
    given = np.asarray(colour, dtype=object)
    if given.ndim and given.shape != array.shape:
        raise ValueError(f"colour has shape {given.shape} and values {array.shape}: give one colour, or one per cell")
    spread = np.broadcast_to(np.atleast_2d(given), np.atleast_2d(array).shape)
    names = [PALETTE.get(str(name), str(name)) for name in spread.ravel()]
    return np.array(names, dtype=object).reshape(spread.shape)


def _cell_text(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "True" if value else "False"
    if isinstance(value, (float, np.floating)):
        if 1e3 <= abs(value) < 1e6:
            return f"{value:.0f}"
        return f"{value:.3g}"
    return str(value)


def _draw_cell(ax: Axes, row: int, column: int, text: str, colour: str, marked: bool, faded: bool) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Polygon, Rectangle

    edge = PALETTE["vermillion"] if marked else PALETTE["grey"] if faded else PALETTE["black"]
    ax.add_patch(
        Rectangle(
            (column, row),
            1,
            1,
            facecolor="none" if faded else to_rgba(PALETTE["vermillion"] if marked else colour, 0.35),
            edgecolor=edge,
            linewidth=2.8 if marked else 1.0,
            linestyle="--" if faded else "-",
            zorder=3 if marked else 1 if faded else 2,
        )
    )
    size = 11 if len(text) <= 5 else 9 if len(text) <= 7 else 7
    ink = PALETTE["grey"] if faded else PALETTE["black"]
    ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=size, color=ink, zorder=4)
    if marked:  # a flag in the corner, so that the mark does not rest on colour alone
        corner = [(column + 0.75, row), (column + 1, row), (column + 1, row + 0.25)]
        ax.add_patch(Polygon(corner, facecolor=PALETTE["vermillion"], edgecolor="none", zorder=4))


def _frame_grid(ax: Axes, shape: tuple[int, ...]) -> None:
    rows, columns = max(shape[0], 1), max(shape[1], 1)
    ax.set(xlim=(-0.08, columns + 0.08), ylim=(rows + 0.08, -0.08), aspect="equal")
    ax.axis("off")
    if 0 in shape:
        ax.text(columns / 2, rows / 2, "no elements", ha="center", va="center", color=PALETTE["grey"])


def _write_labels(
    ax: Axes, shape: tuple[int, ...], row_labels: Sequence[str] | None, column_labels: Sequence[str] | None
) -> None:
    for labels, length, axis in ((row_labels, shape[0], "row"), (column_labels, shape[1], "column")):
        if labels is not None and len(labels) != length:
            raise ValueError(f"{axis}_labels has {len(labels)} labels for {length} {axis}s: give one each")
    ink = PALETTE["grey"]
    for row, label in enumerate(row_labels or ()):
        ax.text(-0.15, row + 0.5, label, ha="right", va="center", fontsize=9, color=ink)
    for column, label in enumerate(column_labels or ()):
        _write_above(ax, column + 0.5, label, align="center")


def _write_above(ax: Axes, x: float, text: str, *, align: str) -> None:
    """Write at a distance that is the same on paper, whatever a cell measures: a title leaves just that room."""
    from matplotlib.transforms import offset_copy

    place = offset_copy(ax.transData, fig=ax.figure, y=3.0, units="points")
    ax.text(x, -0.08, text, ha=align, va="bottom", fontsize=9, color=PALETTE["grey"], transform=place)


# --- draw_broadcast's and draw_memory's pieces ------------------------------------------------------------------------


def _repeated(operand: NDArray, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """True where broadcasting `operand` to `shape` shows an element for the second time or later."""
    position = np.broadcast_to(np.arange(operand.size).reshape(operand.shape), shape)
    first = np.zeros(position.size, dtype=bool)
    first[np.unique(position, return_index=True)[1]] = True
    return ~first.reshape(shape)


def _buffer_cells(base: NDArray, view: NDArray, name: str) -> NDArray[np.intp]:
    """Which element of `base`'s buffer each element of `view` is, from their addresses and strides."""
    if view.dtype != base.dtype:
        raise ValueError(f"{name} has dtype {view.dtype} and base {base.dtype}: they must agree")
    if not np.shares_memory(base, view):
        raise ValueError(f"{name} does not read the buffer of base: it is a copy, with a buffer of its own")
    start = view.__array_interface__["data"][0] - base.__array_interface__["data"][0]
    steps = np.indices(view.shape).reshape(view.ndim, -1)
    offsets = start + np.asarray(view.strides, dtype=np.intp) @ steps
    return (offsets // base.itemsize).reshape(view.shape)


def _row_colours(view: NDArray) -> NDArray[np.object_]:
    order = ("sky", "orange", "green", "purple", "yellow", "vermillion")
    rows = np.indices(view.shape)[0] if view.ndim == 2 else np.zeros(view.shape, dtype=int)
    return np.array(order, dtype=object)[rows % len(order)]


def _draw_buffer(ax: Axes, base: NDArray, cells: NDArray[np.intp], inks: NDArray[np.object_]) -> None:
    colours, order = np.full(base.size, "white", dtype=object), [""] * base.size
    for step, (cell, ink) in enumerate(zip(cells.ravel(), inks.ravel(), strict=True)):
        colours[cell] = ink
        order[cell] = f"{order[cell]}, {step}" if order[cell] else f"{step}"
    draw_array(ax, base.ravel(), colour=colours, column_labels=[f"{base.itemsize * i}" for i in range(base.size)])
    _write_above(ax, -0.15, "byte", align="right")
    ax.text(-0.15, 1.12, "element", ha="right", va="top", fontsize=9, color=PALETTE["blue"])
    for cell, steps in enumerate(order):
        ax.text(cell + 0.5, 1.12, steps, ha="center", va="top", fontsize=9, color=PALETTE["blue"])


# --- target_against_yours' pieces ------------------------------------------------------------------------------------


def _side_by_side(panels: int, *, stacked: bool, lines: bool) -> tuple[Figure, Sequence[Axes]]:
    """A figure closed for pyplot; one-dimensional arrays stand one above the other, so that positions line up."""
    import matplotlib.pyplot as plt

    rows, columns = (panels, 1) if stacked else (1, panels)
    size = (9.0, 5.5 if lines else 3.2) if stacked else (4.0 * columns, 3.8)
    fig, axes = plt.subplots(rows, columns, figsize=size, layout="constrained")
    plt.close(fig)
    return fig, axes


def _differences(wanted: NDArray, made: NDArray) -> NDArray[np.bool_]:
    try:
        return ~np.isclose(made, wanted, rtol=_RTOL, atol=_ATOL, equal_nan=True)
    except TypeError:  # strings and objects have equality but no distance
        return np.broadcast_to(np.asarray(made != wanted, dtype=bool), wanted.shape)


def _is_image(array: NDArray) -> bool:
    """Height × width × 3 or 4 colours; a small float cube of that shape is more likely a table of numbers."""
    large = array.dtype == np.uint8 or min(array.shape[:2], default=0) > _GRID_LIMIT
    return array.ndim == 3 and array.shape[-1] in (3, 4) and array.size > 0 and large


def _is_small(array: NDArray) -> bool:
    return array.ndim <= 2 and max(array.shape, default=1) <= _GRID_LIMIT


def _is_pixels(array: NDArray) -> bool:
    return _is_image(array) or (array.ndim >= 2 and array.size > 0 and max(array.shape[-2:]) > _GRID_LIMIT)


def _is_line(array: NDArray) -> bool:
    return array.ndim == 1 and not _is_small(array)


def _verdict(wanted: NDArray, made: NDArray | None, differs: NDArray[np.bool_] | None) -> str:
    if made is None:
        return "nothing to compare yet"
    if differs is None:
        return f"shapes differ: target {wanted.shape}, yours {made.shape}"
    if not differs.any():
        return (
            "no differences" if made.dtype == wanted.dtype else f"same values; dtypes {wanted.dtype} and {made.dtype}"
        )
    return f"{int(differs.sum()):,} of {differs.size:,} values differ"


def _not_an_array(yours: object) -> str:
    if yours is None:
        return "nothing yet:\nwrite the function and\nreturn its result"
    return f"yours is of type {type(yours).__name__}:\nmake it a NumPy array to compare"


def _say(ax: Axes, words: str, title: str) -> None:
    ax.axis("off")
    ax.set_title(title, loc="center")
    ax.text(0.5, 0.5, words, ha="center", va="center", transform=ax.transAxes, color=PALETTE["vermillion"])


def _draw_side(ax: Axes, array: NDArray, name: str, *, scale: NDArray, marked: NDArray[np.bool_] | None = None) -> None:
    heading = f"{name}: {array.shape} {array.dtype}"
    while array.ndim > 2 and not _is_image(array) and array.size:
        array, scale, marked = array[0], scale[0], None if marked is None else marked[0]
        heading = f"{name}, first slice: {array.shape} {array.dtype}"
    if (array.ndim > 2 and not _is_image(array)) or array.dtype.kind not in "biufcSUO":
        _say(ax, "no elements to draw" if not array.size else f"{array.dtype} cannot be drawn", heading)
    elif _is_small(array) and not _is_image(array):
        draw_array(ax, array, title=heading, marked=marked)
    elif array.dtype.kind not in "biuf":
        _say(ax, f"{array.dtype} is drawn only up to {_GRID_LIMIT} cells a side", heading)
    elif array.ndim == 1:
        _draw_line(ax, array, marked)
        ax.set_title(heading, loc="center")
    else:
        _show_pixels(ax, array, scale)
        ax.set_title(heading, loc="center")


def _draw_line(ax: Axes, array: NDArray, marked: NDArray[np.bool_] | None) -> None:
    positions = np.arange(array.size)
    ax.plot(positions, array, color=PALETTE["blue"])
    if marked is not None and marked.any():
        values = np.where(np.isnan(array.astype(float)), 0.0, array)  # a missing value is marked on the zero line
        ax.plot(positions[marked], values[marked], "x", color=PALETTE["vermillion"], label="differs from the target")
        ax.legend(loc="best")
    ax.set(xlabel="position", ylabel="value")


def _show_pixels(ax: Axes, array: NDArray, scale: NDArray) -> None:
    if array.ndim == 3:
        ax.imshow(_displayable(array))
    else:
        finite = scale[np.isfinite(scale)] if scale.dtype.kind == "f" else scale
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        photograph = scale.dtype == np.uint8
        ax.imshow(
            array,
            cmap="gray" if photograph else None,
            vmin=0.0 if photograph else low,
            vmax=_BYTE_RANGE if photograph else high,
        )
    ax.set(xlabel="column (pixels)", ylabel="row (pixels)")
    ax.grid(visible=False)


def _displayable(image: NDArray) -> NDArray:
    """Colours as floats in [0, 1]: bytes and floats up to 255 are scaled, anything outside is clipped."""
    pixels = np.nan_to_num(image.astype(float))
    top = _BYTE_RANGE if image.dtype.kind in "iu" or pixels.max() > _UNIT_RANGE else _UNIT_RANGE
    return np.clip(pixels / top, 0.0, 1.0)


def _draw_error(fig: Figure, ax: Axes, wanted: NDArray, made: NDArray) -> None:
    if wanted.dtype.kind not in "biuf" or made.dtype.kind not in "biuf" or not wanted.size:
        _say(ax, "no numbers to compare", "difference")
        return
    error = np.abs(wanted.astype(float) - made.astype(float))
    if _is_image(wanted):
        error = error.max(axis=-1)
    while error.ndim > 2:
        error = error[0]
    error = np.atleast_2d(error)
    shown = ax.imshow(error, vmin=0.0, vmax=max(float(np.nanmax(error, initial=0.0)), _ATOL))
    fig.colorbar(shown, ax=ax, label="|target − yours|", shrink=0.8)
    ax.set(xlabel="column", ylabel="row")
    ax.grid(visible=False)
    ax.set_title("difference", loc="center")
