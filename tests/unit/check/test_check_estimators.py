"""`check.estimator`: scikit-learn's contract, part by part."""

import numpy as np
import pytest

from coursekit import check

sklearn_base = pytest.importorskip("sklearn.base")


class Mean:
    """A from-scratch estimator without scikit-learn."""

    def __init__(self, shift=0.0):
        self.shift = shift

    def fit(self, X, y):
        self.mean_ = float(np.mean(y)) + self.shift
        return self

    def predict(self, X):
        return np.full(len(X), self.mean_)


class MeanWithParams(Mean):
    def get_params(self, deep=True):
        return {"shift": self.shift}


class Scaler:
    def fit(self, X):
        self.scale_ = X.std(axis=0)
        return self

    def transform(self, X):
        return X / self.scale_


def test_right_estimators_pass():
    check.estimator(Mean, name="Mean")
    check.estimator(Mean(shift=2.0), name="Mean")
    check.estimator(MeanWithParams(shift=2.0), name="Mean")
    check.estimator(Scaler, name="Scaler", methods=("fit", "transform"))


def test_own_data():
    seen = []

    class Watcher(Mean):
        def fit(self, X, y):
            seen.append((X.shape, list(y)))
            return super().fit(X, y)

    check.estimator(Watcher, name="Watcher", X=np.zeros((2, 5)), y=[7, 8])
    assert seen == [((2, 5), [7, 8])]


def broken(base=Mean, **members):
    return type("Model", (base,), members)


def doubles_its_parameter(self, shift=0.0):
    self.shift = 2 * shift


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ["an estimator class", "None"]),
        (3, ["an estimator with 'fit()', 'predict()'", "the number 3"]),
        (Scaler, ["'predict()'"]),
        (broken(__init__=lambda self, k: None), ["Model() without arguments", "needs a default"]),
        (broken(fit=lambda self, X, y: None), ["fit to return the estimator itself", "None", "return self"]),
        (broken(fit=lambda self, X, y: 1 / 0), ["fit(X, y) to work", "ZeroDivisionError"]),
        (broken(predict=lambda self, X: [0.0] * len(X)), ["predict to return a NumPy array", "a list of 24 items"]),
        (broken(predict=lambda self, X: np.zeros(3)), ["24 entries, one per row of X", "shape (3,)"]),
        (broken(predict=lambda self, X: X[0, 99]), ["predict(X) after fit to work", "IndexError"]),
        (broken(MeanWithParams, __init__=doubles_its_parameter)(5.0), ["'shift' to be kept as 10.0", "20.0"]),
        (broken(MeanWithParams, get_params=lambda self: {"scale": 1.0}), ["get_params must name the parameters"]),
        (broken(MeanWithParams, get_params=lambda self: None), ["get_params() to return a dict", "None"]),
    ],
)
def test_each_broken_part_is_named(value, words, says):
    says(["Model", *words], check.estimator, value, name="Model")


def test_get_params_is_asked_for_where_it_is_named(says):
    says("'get_params()'", check.estimator, Mean, name="Mean", methods=("fit", "predict", "get_params"))


def test_not_attempted_passes_through():
    def later(*args):
        raise NotImplementedError

    for part in ("__init__", "fit", "predict"):
        with pytest.raises(NotImplementedError):
            check.estimator(broken(**{part: later}), name="Model")
    with pytest.raises(NotImplementedError):
        check.estimator(broken(MeanWithParams, get_params=later), name="Model")


class Median(sklearn_base.RegressorMixin, sklearn_base.BaseEstimator):
    """A small regressor that scikit-learn's own checks accept."""

    def __init__(self, shift=0.0):
        self.shift = shift

    def fit(self, X, y):
        from sklearn.utils.validation import validate_data

        X, y = validate_data(self, X, y, y_numeric=True)
        self.median_ = float(np.median(y)) + self.shift
        return self

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.regressor_tags.poor_score = True  # a constant is all it predicts
        return tags

    def predict(self, X):
        from sklearn.utils.validation import check_is_fitted, validate_data

        check_is_fitted(self)
        X = validate_data(self, X, reset=False)
        return np.full(X.shape[0], self.median_)


class Careless(Median):
    def fit(self, X, y):
        self.median_ = float(np.median(np.asarray(y, dtype=float)))
        return self

    def predict(self, X):
        return np.full(len(X), self.median_)


class Unfinished(Median):
    def predict(self, X):
        if len(X) != 24:
            raise NotImplementedError
        return super().predict(X)


def test_the_librarys_own_checks(says):
    check.estimator(Median, name="Median", scikit_learn=True)
    says(
        ["Careless", "scikit-learn's estimator checks", "check_"],
        check.estimator,
        Careless,
        name="Careless",
        scikit_learn=True,
    )


def test_the_librarys_own_checks_tell_not_attempted():
    with pytest.raises(NotImplementedError):
        check.estimator(Unfinished, name="Unfinished", scikit_learn=True)


def test_without_base_estimator_the_librarys_checks_have_nothing_to_hold(says):
    says("get_params", check.estimator, Mean, name="Mean", scikit_learn=True)
