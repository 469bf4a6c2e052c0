"""`figure`: a matplotlib figure, by what was drawn and never by its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coursekit.check.closeness import Tolerance, differs
from coursekit.check.failure import counted, fail
from coursekit.check.kinds import ARRAYS, SEQUENCES
from coursekit.check.plain import describe, plural, short, two_numbers

Curve = tuple[ArrayLike, ArrayLike]
Words = bool | str | None
_Drawn = tuple[np.ndarray, np.ndarray]


@counted
def figure(
    fig_or_axes: Any,
    *,
    title: Words = True,
    x_label: Words = None,
    y_label: Words = None,
    n_axes: int | None = None,
    n_lines: int | None = None,
    lines: Sequence[Curve] | None = None,
    points: Curve | None = None,
    bars: ArrayLike | None = None,
    legend: bool | Sequence[str] | None = None,
    x_scale: str | None = None,
    y_scale: str | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    of: str = "figure",
) -> None:
    """Check what a figure shows: its words, and the data of its lines, points and bars.

    Colour bars do not count as axes. Words and scales must hold for every axes; curves, points and bars may be on any.

    Parameters
    ----------
    fig_or_axes : Figure, Axes, or array or list of Axes
        What the learner returned.
    title, x_label, y_label : bool or str, optional
        True: some text is there; a str: this text is in it, in any case; None or False: not checked. A title may be
        that of the figure or of each axes.
    n_axes, n_lines : int, optional
        How many axes, and how many lines with at least one point in all.
    lines : list of (x, y), optional
        Curves that must be there, in any order among others. Dates are compared as dates.
    points : (x, y), optional
        Scattered points that must be there, in any order.
    bars : array_like, optional
        Bar heights (or lengths, if horizontal) from left to right.
    legend : bool or sequence of str, optional
        Whether an axes has a legend, or the texts that must be in it.
    x_scale, y_scale : str, optional
        "linear", "log", "symlog", …
    rtol, atol : float
        Tolerance for the data.
    of : str
        What is checked.

    Raises
    ------
    CheckFailed
        With the first thing that is missing.

    Examples
    --------
    >>> import matplotlib.figure
    >>> fig = matplotlib.figure.Figure()
    >>> ax = fig.add_subplot(title="Growth", xlabel="year", ylabel="ppm")
    >>> _ = ax.plot([1, 2], [3, 4])
    >>> figure(fig, x_label="year", y_label=True, lines=[([1, 2], [3, 4])])
    """
    panels, heading = _panels(fig_or_axes, of)
    if n_axes is not None and len(panels) != n_axes:
        fail(of, f"{n_axes} axes", f"{len(panels)} axes")
    if not panels:
        fail(of, "at least one axes", "an empty figure", "ax = fig.add_subplot() adds one")
    _check_title(panels, heading, title, of)
    for word, wanted in (("x", x_label), ("y", y_label)):
        _check_label(panels, word, wanted, of)
    for word, wanted in (("x", x_scale), ("y", y_scale)):
        _check_scale(panels, word, wanted, of)
    tolerance = Tolerance(rtol, atol)
    _check_lines(panels, n_lines, lines, tolerance, of)
    if points is not None:
        _check_points(panels, points, tolerance, of)
    if bars is not None:
        _check_bars(panels, bars, tolerance, of)
    _check_legend(panels, legend, of)


def _panels(value: Any, of: str) -> tuple[list[Any], str]:
    """Return the axes without colour bars, and the title above them all."""
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    # issubclass on the real type: an object that fakes __class__ would pass isinstance.
    kind = type(value)
    if issubclass(kind, FigureBase):
        heading = value.get_suptitle()
        return [ax for ax in value.axes if ax.get_label() != "<colorbar>"], heading
    if issubclass(kind, Axes):
        return [value], _suptitle(value)
    items = list(value.ravel()) if kind in ARRAYS else list(value) if kind in SEQUENCES else []
    if items and all(issubclass(type(item), Axes) for item in items):
        return items, _suptitle(items[0])
    advice = (
        "return the figure, not what plt.show() gives" if value is None else "return fig, from fig, ax = plt.subplots()"
    )
    return fail(of, "a matplotlib Figure or Axes", describe(value), advice)


def _suptitle(ax: Any) -> str:
    return ax.get_figure().get_suptitle() if ax.get_figure() is not None else ""


def _fits(text: str, wanted: bool | str) -> bool:
    return bool(text.strip()) if wanted is True else str(wanted).casefold() in text.casefold()


def _wanted_text(what: str, wanted: bool | str) -> str:
    return what if wanted is True else f"{what} with {short(wanted, 40)} in it"


def _found_text(text: str) -> str:
    return short(text, 60) if text.strip() else "none"


def _check_title(panels: list[Any], heading: str, wanted: Words, of: str) -> None:
    if not wanted:
        return
    titles = [" ".join(ax.get_title(loc) for loc in ("left", "center", "right")).strip() for ax in panels]
    if _fits(heading, wanted) or all(_fits(title, wanted) for title in titles):
        return
    lacking = next(title for title in titles if not _fits(title, wanted))
    fail(of, _wanted_text("a title", wanted), _found_text(lacking or heading), "ax.set_title(...) sets it")


def _check_label(panels: list[Any], word: str, wanted: Words, of: str) -> None:
    if not wanted:
        return
    fig = panels[0].get_figure()
    shared = getattr(fig, f"get_sup{word}label")() if fig is not None else ""
    for place, ax in enumerate(panels):
        text = getattr(ax, f"get_{word}label")()
        if not _fits(text, wanted) and not _fits(shared, wanted) and not _label_hidden(ax, word):
            where = f" on axes {place}" if len(panels) > 1 else ""
            expected = _wanted_text(f"a label on the {word} axis", wanted) + where
            fail(of, expected, _found_text(text), f"ax.set_{word}label(...) sets it, with the unit")


def _label_hidden(ax: Any, word: str) -> bool:
    """Tell whether the label belongs to a neighbour: inside a grid with shared axes only the outer panels carry it."""
    spec = ax.get_subplotspec()
    if spec is None or len(getattr(ax, f"get_shared_{word}_axes")().get_siblings(ax)) < 2:
        return False
    return not (spec.is_last_row() if word == "x" else spec.is_first_col())


def _check_scale(panels: list[Any], word: str, wanted: str | None, of: str) -> None:
    for ax in panels if wanted else []:
        found = getattr(ax, f"get_{word}scale")()
        if found != wanted:
            fail(of, f"a {wanted} {word} axis", f"a {found} one", f'ax.set_{word}scale("{wanted}") sets it')


def _plain(values: Any) -> np.ndarray:
    """Return coordinates as floats; dates as matplotlib counts them."""
    import matplotlib.dates as mdates
    import matplotlib.units as munits

    raw = np.ma.filled(np.ma.asarray(values), np.nan) if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    if raw.dtype.kind == "M" or (raw.dtype.kind == "O" and munits.registry.get_converter(raw) is not None):
        return np.asarray(mdates.date2num(raw), dtype=float)
    return raw.astype(float)


def _same(have: np.ndarray, wanted: np.ndarray, tolerance: Tolerance) -> bool:
    return have.shape == wanted.shape and not differs(have, wanted, tolerance).any()


def _check_lines(
    panels: list[Any], count: int | None, curves: Sequence[Curve] | None, tolerance: Tolerance, of: str
) -> None:
    drawn = [line for ax in panels for line in ax.get_lines() if len(line.get_xdata())]
    if count is not None and len(drawn) != count:
        fail(of, plural(count, "line"), plural(len(drawn), "line"))
    have = [(_plain(line.get_xdata(orig=False)), _plain(line.get_ydata(orig=False))) for line in drawn]
    for place, (x, y) in enumerate(curves or ()):
        wanted = _plain(x), _plain(y)
        if any(_same(h[0], wanted[0], tolerance) and _same(h[1], wanted[1], tolerance) for h in have):
            continue
        what = f"a line through the {plural(len(wanted[0]), 'point')} of curve {place}"
        fail(of, what, _line_gap(have, wanted, (x, y), tolerance))


def _line_gap(have: list[_Drawn], wanted: _Drawn, asked: Curve, tolerance: Tolerance) -> str:
    """Say how the line that comes nearest falls short of the one that was asked for."""
    if not have:
        return "no line"
    near = [line for line in have if line[0].shape == wanted[0].shape]
    if not near:
        return f"lines of {', '.join(str(len(line[0])) for line in have[:4])} points"
    if any(_same(x, wanted[1], tolerance) and _same(y, wanted[0], tolerance) for x, y in near):
        return "one with x and y swapped"

    def misses(line: _Drawn) -> int:
        return sum(int(differs(mine, theirs, tolerance).sum()) for mine, theirs in zip(line, wanted, strict=True))

    best = min(near, key=misses)
    for axis, mine, theirs, plain in zip("xy", best, wanted, map(_is_numeric, asked), strict=True):
        wrong = differs(mine, theirs, tolerance)
        if wrong.any():
            first = _first_gap(mine, theirs, wrong) if plain else ""
            return f"one whose {axis} differs at {int(wrong.sum())} of {plural(wrong.size, 'point')}{first}"
    return "others"


def _is_numeric(values: ArrayLike) -> bool:
    """False for dates and names, whose places on an axis say nothing to a reader."""
    return np.asarray(values).dtype.kind in "biuf"


def _first_gap(have: np.ndarray, wanted: np.ndarray, wrong: np.ndarray) -> str:
    place = int(np.argmax(wrong))
    expected, got = two_numbers(wanted[place], have[place])
    return f" ({got} at point {place}, not {expected})"


def _check_points(panels: list[Any], points: Curve, tolerance: Tolerance, of: str) -> None:
    from matplotlib.collections import PathCollection

    wanted = _sorted_rows(np.column_stack([_plain(points[0]), _plain(points[1])]))
    clouds = [
        np.asarray(c.get_offsets(), dtype=float)
        for ax in panels
        for c in ax.collections
        if isinstance(c, PathCollection)
    ]
    # Points drawn as a line with markers and no line are points all the same.
    clouds += [
        np.column_stack([_plain(line.get_xdata(orig=False)), _plain(line.get_ydata(orig=False))])
        for ax in panels
        for line in ax.get_lines()
        if line.get_linestyle() in ("None", "", " ")
    ]
    if any(_same(_sorted_rows(cloud), wanted, tolerance) for cloud in clouds):
        return
    if not clouds:
        fail(of, f"{len(wanted)} scattered points", "none", "ax.scatter(x, y) draws them")
    sizes = ", ".join(str(len(cloud)) for cloud in clouds[:4])
    got = "other points" if any(len(cloud) == len(wanted) for cloud in clouds) else f"clouds of {sizes}"
    fail(of, f"the {len(wanted)} scattered points of the data", got)


def _sorted_rows(rows: np.ndarray) -> np.ndarray:
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def _check_bars(panels: list[Any], bars: ArrayLike, tolerance: Tolerance, of: str) -> None:
    from matplotlib.container import BarContainer

    wanted = np.asarray(bars, dtype=float)
    drawn = [c for ax in panels for c in ax.containers if isinstance(c, BarContainer)]
    heights = [_bar_lengths(container) for container in drawn]
    if any(_same(one, wanted, tolerance) for one in heights):
        return
    if not drawn:
        fail(of, plural(len(wanted), "bar"), "none", "ax.bar(x, height) draws them")
    same_length = [one for one in heights if one.shape == wanted.shape]
    if not same_length:
        fail(of, plural(len(wanted), "bar"), plural(len(heights[0]), "bar"))
    nearest = min(same_length, key=lambda one: int(differs(one, wanted, tolerance).sum()))
    place = int(np.argmax(differs(nearest, wanted, tolerance)))
    expected, got = two_numbers(wanted[place], nearest[place])
    fail(of, f"bar {place} of length {expected}", got)


def _bar_lengths(container: Any) -> np.ndarray:
    horizontal = container.orientation == "horizontal"
    return np.array(
        [patch.get_width() if horizontal else patch.get_height() for patch in container.patches], dtype=float
    )


def _check_legend(panels: list[Any], wanted: bool | Sequence[str] | None, of: str) -> None:
    if not wanted:
        return
    legends = [ax.get_legend() for ax in panels if ax.get_legend() is not None]
    fig = panels[0].get_figure()
    legends += list(fig.legends) if fig is not None else []
    if not legends:
        fail(of, "a legend", "none", "label each line and call ax.legend()")
    texts = [text.get_text() for one in legends for text in one.get_texts()]
    for entry in wanted if not isinstance(wanted, bool) else []:
        if not any(entry.casefold() in text.casefold() for text in texts):
            fail(
                of,
                f"a legend entry with {short(entry, 40)} in it",
                ", ".join(short(text, 20) for text in texts[:5]) or "none",
            )
