"""`check.figure`: words and data, never pixels."""

import numpy as np
import pytest

from coursekit import check

pytest.importorskip("matplotlib")
from matplotlib.figure import Figure  # noqa: E402 - after the library is known to be there

X = np.linspace(0.0, 1.0, 20)


def drawing(**axes):
    ax = Figure().add_subplot(**{"title": "CO₂ over the years", "xlabel": "year", "ylabel": "CO₂ (ppm)", **axes})
    ax.plot(X, X**2, label="trend")
    ax.plot(X, 1 - X, label="season")
    return ax


def test_a_figure_and_its_axes_pass():
    ax = drawing()
    for thing in (ax, ax.figure, [ax], np.array([ax])):
        check.figure(
            thing, title="co₂", x_label="year", y_label=True, n_lines=2, n_axes=1, lines=[(X, 1 - X), (X, X**2)]
        )


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (None, ["Figure or Axes", "plt.show()"]),
        ([1, 2], ["a list of 2 items"]),
        (np.zeros(3), ["an array of shape (3,)"]),
        ("figure", ["the text"]),
        (Figure, ["the class Figure"]),
        (Figure(), ["at least one axes", "add_subplot"]),
    ],
)
def test_other_things_are_refused(thing, words, says):
    says(words, check.figure, thing)


def test_an_object_that_claims_to_be_a_figure_is_refused(says):
    fake = type("Fake", (), {"__class__": Figure, "axes": [], "get_suptitle": lambda self: "title"})()
    says("an object of class Fake", check.figure, fake)


@pytest.mark.parametrize(
    ("axes", "wanted", "words"),
    [
        ({"title": ""}, {}, ["a title", "got none", "set_title"]),
        ({"title": "  "}, {}, ["a title"]),
        ({}, {"title": "methane"}, ["a title with 'methane' in it", "'CO₂ over the years'"]),
        ({"xlabel": ""}, {"x_label": True}, ["a label on the x axis", "set_xlabel"]),
        ({}, {"y_label": "kg"}, ["a label on the y axis with 'kg' in it", "'CO₂ (ppm)'"]),
        ({}, {"y_scale": "log"}, ["a log y axis", "a linear one", "set_yscale"]),
        ({}, {"n_axes": 2}, ["2 axes", "1 axes"]),
        ({}, {"n_lines": 3}, ["3 lines", "2 lines"]),
        ({}, {"legend": True}, ["a legend", "none"]),
    ],
)
def test_what_is_missing_is_named(axes, wanted, words, says):
    says(["plot: expected", *words], check.figure, drawing(**axes), of="plot", **wanted)


def test_words_are_not_checked_when_not_asked_for():
    check.figure(drawing(title="", xlabel="", ylabel=""), title=False)


def test_a_title_above_all_panels_counts():
    fig = Figure()
    for ax in fig.subplots(1, 2):
        ax.plot(X, X)
    fig.suptitle("Both")
    check.figure(fig, title="both", n_axes=2)


def test_shared_labels_count():
    fig = Figure()
    axes = fig.subplots(2, 2, sharex=True, sharey=True)
    for ax in axes[1]:
        ax.set_xlabel("year")
    for ax in axes[:, 0]:
        ax.set_ylabel("ppm")
    check.figure(fig, title=False, x_label="year", y_label="ppm")
    fig = Figure()
    fig.subplots(2, 1)
    fig.supxlabel("year")
    check.figure(fig, title=False, x_label="year")


def test_a_panel_without_label_is_named(says):
    fig = Figure()
    left, right = fig.subplots(1, 2)
    left.set_xlabel("year")
    says("a label on the x axis on axes 1", check.figure, fig, title=False, x_label=True)


def test_a_colour_bar_is_no_panel():
    fig = Figure()
    ax = fig.add_subplot(title="Map")
    fig.colorbar(ax.imshow(np.eye(3)), ax=ax)
    check.figure(fig, n_axes=1)


@pytest.mark.parametrize(
    ("curve", "words"),
    [
        (
            (X, X**3),
            ["the 20 points of curve 0", "y differs at 18 of 20 points (0.00277008 at point 1, not 0.000145794)"],
        ),
        ((X**2, X), ["x and y swapped"]),
        ((X + 1, X**2), ["x differs at 20 of 20 points"]),
        ((X[:-1], X[:-1] ** 2), ["lines of 20, 20 points"]),
    ],
)
def test_a_missing_curve_says_what_is_near(curve, words, says):
    says(words, check.figure, drawing(), lines=[curve])


def test_the_nearest_of_several_lines_is_spoken_of(says):
    ax = Figure().add_subplot(title="t")
    ax.plot(X, X**2)
    ax.plot(X, np.append(X[:-1], 0.0))
    says("y differs at 1 of 20 points (0.0 at point 19", check.figure, ax, lines=[(X, X)])
    bars = Figure().add_subplot(title="t")
    bars.bar([0, 1], [7.0, 8.0])
    bars.bar([0, 1], [1.0, 2.5])
    says(["bar 1 of length 2.0", "got 2.5"], check.figure, bars, bars=[1.0, 2.0])


def test_no_line_at_all(says):
    says("no line", check.figure, Figure().add_subplot(title="t"), lines=[(X, X)])


def test_curves_with_gaps_and_dates():
    ax = Figure().add_subplot(title="t")
    days = np.arange("2024-01-01", "2024-01-05", dtype="M8[D]")
    values = np.array([1.0, np.nan, 3.0, 4.0])
    ax.plot(days, values)
    check.figure(ax, lines=[(days, values)])
    check.figure(ax, lines=[(days.astype("M8[ns]"), values)])


def test_curves_with_pandas_dates(says):
    pd = pytest.importorskip("pandas")
    ax = Figure().add_subplot(title="t")
    series = pd.Series([1.0, 2.0], index=pd.date_range("2024-01-01", periods=2))
    ax.plot(series.index, series)
    check.figure(ax, lines=[(series.index, series)])
    said = says("x differs", check.figure, ax, lines=[(series.index + pd.Timedelta("1D"), series)])
    assert "(" not in said, "a day as matplotlib counts it says nothing"


def test_points(says):
    ax = Figure().add_subplot(title="t")
    ax.scatter(X, X**2)
    check.figure(ax, points=(X[::-1], X[::-1] ** 2))
    says(["20 scattered points", "other points"], check.figure, ax, points=(X, X))
    says("clouds of 20", check.figure, ax, points=(X[:5], X[:5]))
    says(["20 scattered points", "none", "ax.scatter"], check.figure, drawing(), points=(X, X**2))
    dots = Figure().add_subplot(title="t")
    dots.plot(X, X**2, "o")
    check.figure(dots, points=(X, X**2))


def test_bars(says):
    ax = Figure().add_subplot(title="t")
    ax.bar(["a", "b", "c"], [1.0, 2.0, 3.0])
    check.figure(ax, bars=[1.0, 2.0, 3.0])
    says(["bar 1 of length 5", "got 2"], check.figure, ax, bars=[1.0, 5.0, 3.0])
    says(["2 bars", "3 bars"], check.figure, ax, bars=[1.0, 2.0])
    says(["3 bars", "ax.bar"], check.figure, drawing(), bars=[1, 2, 3])
    lying = Figure().add_subplot(title="t")
    lying.barh(["a", "b"], [4.0, 5.0])
    check.figure(lying, bars=[4.0, 5.0])


def test_legends(says):
    ax = drawing()
    ax.legend()
    check.figure(ax, legend=True)
    check.figure(ax, legend=["Trend", "season"])
    says(["'noise'", "'trend', 'season'"], check.figure, ax, legend=["noise"])
    outside = drawing()
    outside.figure.legend(*outside.get_legend_handles_labels())
    check.figure(outside, legend=["trend"])
