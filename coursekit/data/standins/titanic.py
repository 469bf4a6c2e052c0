"""A simulated passenger list with the columns, gaps and survival counts of Kaggle's Titanic training file.

The people are invented. What is taken from the record are counts: passengers and survivors by class, sex and child
(under 16) or adult, ports by class, and how many ages, cabins and ports are missing. Families, tickets, fares and
cabins are made up so that they hang together as they did: a family shares surname, ticket, fare, port and cabin, its
members' ``SibSp`` and ``Parch`` agree with each other, and large third-class families fared worst.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursekit.data.draws import Stream
from coursekit.data.standins.names import MEN, N_SURNAMES, WOMEN, surname

if TYPE_CHECKING:
    import pandas as pd

SEED = 1912
_GAP = float("nan")  # what pandas puts where a csv field is empty, in a column of texts too
CHILD_BELOW = 16  # years

# (class, sex, child): passengers, survivors
CELLS: dict[tuple[int, str, bool], tuple[int, int]] = {
    (1, "female", False): (91, 89),
    (1, "female", True): (3, 2),
    (1, "male", False): (119, 42),
    (1, "male", True): (3, 3),
    (2, "female", False): (66, 60),
    (2, "female", True): (10, 10),
    (2, "male", False): (99, 8),
    (2, "male", True): (9, 9),
    (3, "female", False): (114, 56),
    (3, "female", True): (30, 16),
    (3, "male", False): (315, 36),
    (3, "male", True): (32, 11),
}
PORTS = {1: {"C": 85, "Q": 2}, 2: {"C": 17, "Q": 3}, 3: {"C": 66, "Q": 72}}  # the others: S
NO_AGE = {1: 30, 2: 11, 3: 136}
CABINS = {1: 176, 2: 16, 3: 12}
NO_FARE = {1: 5, 2: 6, 3: 4}  # men who travelled free

# Families by class. F father, M mother, B boy, G girl, S grown son, D grown daughter; a small letter is a member who
# was aboard but is not in this list (on Kaggle: in the test file).
FAMILIES = {
    1: "FM*19 Fm*6 fM*6 FMD*4 FMd*2 FMS*2 FMG FMB FMbG mGB mB MD*5 fMD*2 FS*4 MS*3 SS*4 DD*4 SD*3 Sd*3",
    2: "FM*12 Fm*5 fM*4 FMG*2 FMBG mGG MGb MB MBG MBB FMB fMG fGBB MBG SS*6 DD*3 SD*3",
    3: "FMBBBGGSD FMBBBgGG fMBBBGG FMBBGG FMBBGb FMBBGG FMBGG fMBBG MBBG MGGG fmGGb FMBG MBG MGG FMB FMG*2 MB*3"
    " MG*2 mBB BB BG*2 FM*11 Fm*6 fM*5 SS*7 SD*4 DD*3 FS*3 Fs*2",
}
# Ages of adults in years at the quantiles 0, 1/8, … 1; between them in proportion.
AGES = {
    (1, "male"): (17, 26, 31, 36, 42, 47, 52, 60, 80),
    (1, "female"): (16, 20, 24, 29, 34, 39, 45, 52, 63),
    (2, "male"): (16, 21, 25, 28, 31, 34, 39, 47, 70),
    (2, "female"): (17, 21, 24, 27, 30, 33, 38, 45, 57),
    (3, "male"): (16, 19, 21, 23, 26, 29, 33, 40, 74),
    (3, "female"): (16, 18, 20, 22, 25, 28, 32, 39, 63),
}
# Fare of a ticket for one person in pence (240 to the pound) at the quantiles 0, 1/8, … 1, and for each person more.
FARES = {
    1: (6000, 6240, 6360, 6372, 7320, 9600, 13200, 19200, 36000),
    2: (2520, 2520, 2520, 3120, 3120, 3120, 3120, 3240, 3600),
    3: (1674, 1740, 1860, 1860, 1890, 1895, 1932, 1932, 2280),
}
FARE_MORE = {1: 4800, 2: 1800, 3: 960}
DECKS = {1: "AABBBCCCCDDDEE", 2: "DEFF", 3: "EFG"}
RANKS = {1: {"Dr": 3, "Col": 2, "Major": 2, "Capt": 1, "Sir": 1}, 2: {"Rev": 6, "Dr": 2}, 3: {}}


@dataclass
class Person:
    """A passenger in the making."""

    pclass: int
    role: str
    sex: str
    age: float = 0.0
    title: str = ""
    name: str = ""
    sibsp: int = 0
    parch: int = 0
    survived: int = 0

    @property
    def child(self) -> bool:
        """Whether the passenger counts as a child."""
        return self.role in "BG"


@dataclass
class Party:
    """People on one ticket. Without a family tie they merely share it."""

    pclass: int
    number: int
    roles: str
    people: list[Person] = field(default_factory=list)
    surname: str = ""
    ticket: str = ""
    fare: float = 0.0
    cabin: str | None = None
    port: str | None = "S"

    @property
    def size(self) -> int:
        """How many travelled, listed or not."""
        return len(self.roles)


class _Dice:
    """One draw after another from a named stream."""

    def __init__(self, name: str) -> None:
        self._stream, self._next = Stream(SEED, f"titanic/{name}"), 0

    def below(self, n: int) -> int:
        self._next += 1
        return int(self._stream.below(n, [self._next])[0])

    def between(self, quantiles: tuple[int, ...]) -> float:
        place = self.below((len(quantiles) - 1) * 4096)
        step, rest = divmod(place, 4096)
        return quantiles[step] + (quantiles[step + 1] - quantiles[step]) * rest / 4096

    def shuffled(self, items: list) -> list:
        keys = [(self.below(1 << 30), place) for place in range(len(items))]
        return [items[place] for _, place in sorted(keys)]


def passengers() -> pd.DataFrame:
    """Make the stand-in for ``load("titanic")``: 891 invented passengers.

    Returns
    -------
    pandas.DataFrame
        Columns, types and numbers of missing values as in Kaggle's file; passengers and survivors by class, sex and
        child or adult as in `CELLS`. The same at every call and on every machine.
    """
    parties = [party for pclass in (1, 2, 3) for party in _parties(pclass)]
    _set_ages(parties)
    _set_names(parties)
    _set_tickets(parties)
    _set_ports(parties)
    _set_survival(parties)
    _set_cabins(parties)
    return _table(parties)


def _parties(pclass: int) -> list[Party]:
    """Make the families, then fill each cell up with people on their own, some of whom share a ticket."""
    left = {cell: n for cell, (n, _) in CELLS.items() if cell[0] == pclass}
    parties = []
    for item in FAMILIES[pclass].split():
        roles, _, times = item.partition("*")
        parties += [_family(pclass, roles) for _ in range(int(times or 1))]
    for party in parties:
        for person in party.people:
            left[pclass, person.sex, person.child] -= 1
    short = [cell for cell, n in left.items() if n < 0 or (cell[2] and n)]
    if short:
        raise ValueError(f"The families of class {pclass} do not fit the passenger counts at {short}.")
    alone = ["S"] * left[pclass, "male", False] + ["D"] * left[pclass, "female", False]
    dice = _Dice(f"alone/{pclass}")
    alone = dice.shuffled(alone)
    while alone:
        n = min(len(alone), (2, 2, 3)[dice.below(3)] if dice.below(9) == 0 else 1)
        people = [_person(pclass, role.lower()) for role in alone[:n]]
        parties.append(Party(pclass, 0, "x" * n, people))
        alone = alone[n:]
    for number, party in enumerate(parties):
        party.number = number
    return parties


def _person(pclass: int, role: str) -> Person:
    return Person(pclass, role, "female" if role.upper() in "MGD" else "male")


def _family(pclass: int, roles: str) -> Party:
    party = Party(pclass, 0, roles, [_person(pclass, role) for role in roles if role.isupper()])
    parents = [role for role in roles.upper() if role in "FM"]
    children = len(roles) - len(parents)
    for person in party.people:
        if person.role in "FM":
            person.sibsp, person.parch = len(parents) - 1, children
        else:
            person.sibsp, person.parch = children - 1, len(parents)
    return party


def _set_ages(parties: list[Party]) -> None:
    """Adults by class and sex; parents at least 18 years older than their children; some infants in months."""
    for party in parties:
        dice = _Dice(f"age/{party.pclass}/{party.number}")
        eldest = 0.0
        for person in party.people:
            if person.child:
                person.age = float(dice.below(CHILD_BELOW))
                if person.age < 1:
                    person.age = (0.42, 0.67, 0.75, 0.83, 0.92)[dice.below(5)]
            else:
                person.age = float(int(dice.between(AGES[person.pclass, person.sex])))
                if dice.below(45) == 0:
                    person.age += 0.5
            if person.role in "BG":
                eldest = max(eldest, person.age)
            elif person.role in "SD" and any(role in "FMfm" for role in party.roles):
                person.age = 16.0 + dice.below(10)
                eldest = max(eldest, person.age)
        for person in party.people:
            if person.role in "FM" and person.parch and person.age < eldest + 18:
                person.age = float(int(eldest)) + 18 + dice.below(12)


def _set_names(parties: list[Party]) -> None:
    """Surnames by family; titles by sex, age and marriage; a wife goes by her husband's given names."""
    dice = _Dice("names")
    numbers = dice.shuffled(list(range(N_SURNAMES)))
    ranks = {pclass: [rank for rank, n in table.items() for _ in range(n)] for pclass, table in RANKS.items()}
    for party in parties:
        family = "x" not in party.roles
        party.surname = surname(numbers.pop())
        husband = _given(dice, MEN)
        for person in party.people:
            last = party.surname if family or person is party.people[0] else surname(numbers.pop())
            if person.sex == "male":
                person.title = "Master" if person.age < 13 else "Mr"
                lone = person.role == "s" and person.age >= 35
                if lone and ranks[person.pclass] and dice.below(2) == 0:
                    person.title = ranks[person.pclass].pop()
                given = husband if person.role == "F" else _given(dice, MEN)
                person.name = f"{last}, {person.title}. {given}"
            else:
                _name_woman(person, last, husband if family else _given(dice, MEN), dice)


def _name_woman(person: Person, last: str, husband: str, dice: _Dice) -> None:
    # A woman on her own is a Mrs from time to time, more often when older.
    married = person.role == "M" or (person.role == "d" and person.age >= 24 and dice.below(4) == 0)
    own = _given(dice, WOMEN)
    person.title = "Mrs" if married else "Miss"
    if not married and person.role == "d" and person.pclass < 3:
        person.title = {0: "Mlle", 1: "Ms", 2: "Dr"}.get(dice.below(60), "Miss")
    maiden = surname(dice.below(N_SURNAMES))
    person.name = f"{last}, {person.title}. {f'{husband} ({own} {maiden})' if married else own}"


def _given(dice: _Dice, names: list[str]) -> str:
    first = names[dice.below(len(names))]
    second = names[dice.below(len(names))]
    return first if second == first or dice.below(2) else f"{first} {second}"


def _set_tickets(parties: list[Party]) -> None:
    """One number and one fare a party; the fare covers everyone who travelled on it."""
    dice = _Dice("tickets")
    used: set[int] = set()
    free = dict(NO_FARE)
    prefixes = {
        1: ("PC ", "PC ", "", "", "", "", "F.C. "),
        2: ("", "", "", "S.O.C. ", "C.A. ", "SC/PARIS "),
        3: ("", "", "", "", "", "A/5 ", "C.A. ", "STON/O 2. "),
    }
    for party in parties:
        low, width = {1: (130_000, 29_900), 2: (260_000, 29_900), 3: (410_000, 79_900)}[party.pclass]
        number = low + dice.below(width)
        while number in used:
            number = low + dice.below(width)
        used.add(number)
        choice = prefixes[party.pclass]
        party.ticket = f"{choice[dice.below(len(choice))]}{number}"
        pence = int(dice.between(FARES[party.pclass]) / 3) * 3 + (party.size - 1) * FARE_MORE[party.pclass]
        if party.pclass == 1 and dice.below(14) == 0:
            pence *= 3  # a suite
        alone = party.size == 1 and party.people[0].sex == "male"
        if alone and free[party.pclass] and dice.below(4) == 0:
            free[party.pclass] -= 1
            pence = 0
        party.fare = round(pence / 240, 4)


def _set_ports(parties: list[Party]) -> None:
    """Fill the counts of Cherbourg and Queenstown with whole parties; the rest is Southampton, but for two gaps."""
    for pclass, counts in PORTS.items():
        dice = _Dice(f"ports/{pclass}")
        order = dice.shuffled([party for party in parties if party.pclass == pclass])
        for port, n in counts.items():
            for party in order:
                if party.port == "S" and len(party.people) <= n:
                    party.port = port
                    n -= len(party.people)
    unknown = next(
        p for p in parties if p.pclass == 1 and p.port == "S" and [x.sex for x in p.people] == ["female"] * 2
    )
    unknown.port = None


def _set_survival(parties: list[Party]) -> None:
    """In each cell as many survive as the record says: those with the best chances, parties largely together."""
    chances: dict[tuple[int, str, bool], list[tuple[int, int, Person]]] = {cell: [] for cell in CELLS}
    dice = _Dice("survival")
    for party in parties:
        shared = dice.below(1000)
        for person in party.people:
            relatives = person.sibsp + person.parch
            chance = shared + dice.below(1000) + 300 * (party.port == "C") + 150 * (party.port == "Q")
            if relatives >= 4:
                chance -= 700
            elif 1 <= relatives <= 2:
                chance += 60
            chances[person.pclass, person.sex, person.child].append((chance, len(chances), person))
    for cell, people in chances.items():
        n, survivors = CELLS[cell]
        if len(people) != n:
            raise ValueError(f"The cell {cell} has {len(people)} passengers instead of {n}.")
        for _, _, person in sorted(people, key=lambda row: -row[0])[:survivors]:
            person.survived = 1


def _set_cabins(parties: list[Party]) -> None:
    """Cabins are known for whole parties, more often where somebody survived to tell."""
    for pclass, n in CABINS.items():
        dice = _Dice(f"cabins/{pclass}")
        own = [party for party in parties if party.pclass == pclass]
        ranked = sorted(
            own, key=lambda party: -(dice.below(1000) + 250 * any(person.survived for person in party.people))
        )
        for party in ranked:
            if len(party.people) <= n:
                n -= len(party.people)
                deck = DECKS[pclass][dice.below(len(DECKS[pclass]))]
                rooms = [f"{deck}{2 + dice.below(120)}" for _ in range(1 + (pclass == 1 and party.size > 2))]
                party.cabin = " ".join(dict.fromkeys(rooms))


def _table(parties: list[Party]) -> pd.DataFrame:
    import pandas as pd

    dice = _Dice("order")
    people = dice.shuffled([(party, person) for party in parties for person in party.people])
    no_age = _without_age([person for _, person in people])
    rows = {
        "PassengerId": list(range(1, len(people) + 1)),
        "Survived": [person.survived for _, person in people],
        "Pclass": [person.pclass for _, person in people],
        "Name": [person.name for _, person in people],
        "Sex": [person.sex for _, person in people],
        "Age": [_GAP if id(person) in no_age else person.age for _, person in people],
        "SibSp": [person.sibsp for _, person in people],
        "Parch": [person.parch for _, person in people],
        "Ticket": [party.ticket for party, _ in people],
        "Fare": [party.fare for party, _ in people],
        "Cabin": [party.cabin or _GAP for party, _ in people],
        "Embarked": [party.port or _GAP for party, _ in people],
    }
    return pd.DataFrame(rows)


def _without_age(people: list[Person]) -> set[int]:
    """Choose whose age is unknown: those who died more often than those who lived, and four boys in third class."""
    chosen: set[int] = set()
    for pclass, n in NO_AGE.items():
        dice = _Dice(f"no age/{pclass}")
        boys = [person for person in people if person.pclass == pclass == 3 and person.title == "Master"][:4]
        adults = [person for person in people if person.pclass == pclass and not person.child]
        ranked = sorted(adults, key=lambda person: -(dice.below(1000) - 80 * person.survived))
        chosen |= {id(person) for person in (boys + ranked)[:n]}
    return chosen
