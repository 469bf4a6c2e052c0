"""Generic given names and surnames; a passenger's name is a combination drawn at random."""

# ruff: noqa: SIM905, E501 - a list of words reads best as words

MEN = (
    "Albert Alfred Arthur Charles Daniel David Edward Ernest Francis Frank Frederick George Harold Henry Herbert Hugh"
    " James John Joseph Karl Lawrence Leonard Lewis Martin Michael Nils Oscar Patrick Percy Peter Ralph Richard Robert"
    " Samuel Sidney Stephen Thomas Victor Walter William"
).split()
WOMEN = (
    "Ada Agnes Alice Amelia Anna Annie Bertha Catherine Charlotte Clara Edith Eleanor Elizabeth Ellen Elsie Emily Emma"
    " Ethel Florence Grace Hannah Helen Ida Jane Julia Kate Laura Lillian Lucy Mabel Margaret Maria Martha Mary Nora"
    " Olive Rose Ruth Sarah Susan"
).split()
_FIRST_HALVES = (
    "Ash Beck Birk Brad Bram Broad Burn Cald Carl Clay Cliff Copper Cran Dal Elm Fair Farn Glad Gran Green Hal Hart"
    " Hazel Hol Kirk Lang Lind Lock Mar Mel Nor Oak Pem Rad Red Rock Sand Sel Stan Stock Thorn Wald Whit Win"
).split()
_SECOND_HALVES = "bank berg bourne bury by croft dale er field ford gate ham ing ley lund man more quist son stead stone strom ton well wick wood".split()


def surname(number: int) -> str:
    """Return one of 1,144 made-up surnames.

    Parameters
    ----------
    number
        Any whole number, at least 0.
    """
    number, second = divmod(number, len(_SECOND_HALVES))
    return _FIRST_HALVES[number % len(_FIRST_HALVES)] + _SECOND_HALVES[second]


N_SURNAMES = len(_FIRST_HALVES) * len(_SECOND_HALVES)
