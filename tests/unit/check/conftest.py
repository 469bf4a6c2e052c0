"""What every test of the checks needs: a call that must fail, with a sentence worth reading."""

from collections.abc import Callable
from typing import Any

import pytest

from coursekit.check import CheckFailed

Says = Callable[..., str]


@pytest.fixture
def says() -> Says:
    """Return a function that calls a check, requires it to fail and its sentence to contain the given words."""

    def call(words: str | list[str], check: Callable[..., Any], /, *args: Any, **kwargs: Any) -> str:
        with pytest.raises(CheckFailed) as caught:
            check(*args, **kwargs)
        sentence = str(caught.value)
        assert "\n" not in sentence
        assert 0 < len(sentence) <= 300
        for word in [words] if isinstance(words, str) else words:
            assert word.casefold() in sentence.casefold(), f"{word!r} is not in {sentence!r}"
        return sentence

    return call
