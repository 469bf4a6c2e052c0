# ---
# jupyter:
#   jupytext:
#     formats: ipynb,.nb.py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 6 · Phase 1 in fifteen questions
#
# Six weeks lie behind you. Fifteen questions, all marked at once: six ask for a number, five for a letter, four for a few
# lines of code. A developer who worked through the weeks needs about an hour and a half.
#
# - **Numbers:** give the value or an expression; it is rounded to the decimals that the question names, so more digits do
#   no harm.
# - **Letters:** one is right. A wrong one is told why it is wrong, in a sentence. Decide before you run the check: who
#   tries all four learns nothing.
# - **Code:** the docstring is the contract.
#
# The right answers stand nowhere in this notebook: the checks hold them sealed, and each opens with the right answer only.
# Paper, the lessons and the interpreter are allowed; in fact, simulate where you doubt.
#
# | | kind | from |
# |---|---|---|
# | 1–3 | letter, number, code | week 1, arrays |
# | 4–6 | letter, number, code | week 2, tables |
# | 7–9 | letter, number, code | week 3, linear algebra |
# | 10–11 | numbers | week 4, probability |
# | 12–13 | letter, number | week 5, statistics |
# | 14–15 | letter, code | week 6, optimization |
#
# **19 points** in all.

# %%
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coursekit import check

# %% [markdown]
# ## 1 · Who changes whom ●○○ · 4 min · 1 point
#
# ```python
# table = np.arange(12.0).reshape(3, 4)
# one, two, three = table[:, 1], table[[0, 1, 2], 1], table[:, 1] * 1.0
# one += 100
# two += 100
# three += 100
# ```
#
# What is `table[:, 1]` after these lines?
#
# - **A** `[1, 5, 9]`
# - **B** `[101, 105, 109]`
# - **C** `[201, 205, 209]`
# - **D** `[301, 305, 309]`

# %% nbgrader={"grade": false, "grade_id": "w06-q11-view", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_1 = ...  # a letter in quotation marks
### BEGIN SOLUTION
answer_1 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q11-view-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_1,
    "d=Wh#Oq3e|09aH%&ylS-KxF>9wL04W%5h2i@8p;^x>ndN?wiDmT2>X%-dzQY;gUiX&<7|{-1!^pLoH<KPU6k)vWHdU(HYhBC"
    "0)oss6j||!fT5m*%Gep{ae$`bZ`?^CF?Gv=$>I(V$`0*an)A_CwCi2H#6^?7LX#kahz@@jWG8vax^WAX$aTVT$J|HDJn5)*Y"
    "I+`YZg_3CutQnYLUNrTb35gCy3oa$?lRoA~xC^U9z@(JEw2G61$R^^U*ql+6{MfGN2#3LKYjR(a6&!+Bza;w7)dy>-v3sHO;"
    ";WlRWcW*G8>U3JJEdJSwD+K60r(@RL&%K2+mZlPo5TfE~%i-DaCai+C^UU3S;=x|dMEhfkm#cIVGV?F(=l{)o5f!>%+W5I}<"
    "H9a?XIOMA@<!j`3s=bE;~V9wj?eR;a@@4*RXAVW!BBtc<E8^?oG=eLvF4e+vLNiZ`oUWwab{Y`;1bqzaiXykWbsb3DB!lOak"
    "k+Mh?YTCP4ujK",
    letters="ABCD",
    of="question 1",
)
### BEGIN HIDDEN TESTS
# contract: "What is `table[:, 1]` after these lines?"
check.choice(
    answer_1,
    "B",
    options={
        "A": "a slice is a view, and += writes into the buffer that it shares",
        "C": "a list of positions copies, so adding to two changes nobody else",
        "D": "a list of positions copies, and arithmetic makes a new array: only one shares the buffer",
    },
    of="question 1",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The price of a third axis ●○○ · 4 min · 1 point
#
# `A` has shape (500, 1, 30), `B` has shape (400, 30), both are `float32`. How many megabytes (10⁶ bytes) does the array
# `A - B` take? Give one decimal.

# %% nbgrader={"grade": false, "grade_id": "w06-q12-bytes", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_2 = ...  # a number, or an expression
### BEGIN SOLUTION
answer_2 = 24.0  # 500 · 400 · 30 numbers of 4 bytes
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q12-bytes-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_2,
    "KSa9Q2n<KO0A~P{Be-7;`-B1+)<iX=g}V5&>ga-@b2H{>{z$9EH6Uj}vxUz$qDg7F4({Z3Dmt-A1^<9k;{4RjHT<|;V!O?EX"
    "~(I*PK2rbVbeT&o)M;XP=MS_0D-tgHD#+@68%c2T2+s;GZznxpewg}a1txUfQ1%!Ul%)GHExSAphpFUMh_C4d>Ps%h&AcTaI"
    "Zwmg<&hst9GGiqzjLbBMN#2Dl{~avbb_PS|E@u*Eh^V3kz);8FOrAIiic+^F};DnwK-=KE1OgzXdPL=o!~N28zJ~$yS}k!4t"
    "YelazgXmYMSkE_}Mh8E)+@mcBM-i1ru`F#b9gS!dT0*=^3(I`(8lH*I1%JD{%vi9s&eNvQG4%4%WyR}M6=^M$>Zn)8S#te?T"
    "PW?c`oG<!$d2}eQ<zK3xgJaZ{D))Rjx$u=X+BMYhl>Y+KOn>2mUKk+~QT7Jc0eDN9mH~fN&n>%RND8>}U`8j83kkZphrJl5y"
    "(7XpPxnbQb#+L#KSdEv_dVoPB*_VZBiK0L?Tk&XsyEm_g>24IxsaG_F^h+!mknSg8$wi<rqJ6U2($Lw;)~EBq{X^|5oG{?|-"
    "{QRUg-?$+1c}`i5I|;dwDLgNYl@#|=s<UXl?cLSrr}nYr3TtY)l~Y^q`_qyIaVn6?Dnp}HoUxuG6QM!S!Wa%`O)HJ{06vmj%"
    "1MZG54_~PoFeMI!r9}0P}I3f314r$?m{Wh4-MOQeoMzKEM!HUC#+A#c3tEmOb-h<_yVXk}ni#^Io;cw=^*Y8f>OBcqNrr{E9"
    "*t!yIZ4v(<&2vTG!i$s!!7mu&Ez30?TM?3Q9;%WT`F2|!0@Jf*5!BOaOHa!s0e<nsf}rMj-bwn#(o",
    digits=1,
    of="question 2",
)
### BEGIN HIDDEN TESTS
# contract: "How many megabytes (10⁶ bytes) does the array `A - B` take?"
check.number(
    answer_2,
    24.0,
    rtol=0,
    atol=0.06,
    causes={
        "that counts in units of 2²⁰ bytes (MiB); asked are 10⁶ bytes": 22.9,
        "that counts 8 bytes a number: float32 has 4, and a difference of two float32 is one": 48.0,
        "that is the size of a 500 × 400 table: the axis of length 30 does not disappear": 0.8,
        "that counts the numbers, not their bytes": 6.0,
        "that is the size of the two inputs: broadcasting stretches them for free, but stores the result in full": 0.1,
    },
    of="question 2",
    hide=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Rows that sum to one ●○○ · 8 min · 2 points
#
# Turn counts into shares, row by row, and survive an empty row.


# %% nbgrader={"grade": false, "grade_id": "w06-q13-rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shares_of_rows(counts: NDArray[np.number]) -> NDArray[np.floating]:
    """Each row divided by its sum; a row that sums to 0 becomes zeros.

    Parameters
    ----------
    counts : array of shape (n_rows, n_columns)
        Not negative, integers or floats; there may be no rows. Left as it is.

    Returns
    -------
    array of floats of shape (n_rows, n_columns)
        Never ``nan``. Compared to a relative 1e-6.

    Examples
    --------
    >>> shares_of_rows(np.array([[1, 3], [0, 0]]))
    array([[0.25, 0.75],
           [0.  , 0.  ]])
    """
    ### BEGIN SOLUTION
    sums = counts.sum(axis=1, keepdims=True)
    return counts / np.where(sums == 0, 1.0, sums)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q13-rows-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
counts = np.array([[1, 3, 0], [0, 0, 0], [2, 2, 4]])
check.array(
    shares_of_rows(counts),
    [[0.25, 0.75, 0.0], [0.0, 0.0, 0.0], [0.25, 0.25, 0.5]],
    of="shares_of_rows(counts)",
    rtol=1e-6,
    causes={
        "0/0 gave nan in the row that sums to 0": [[0.25, 0.75, 0.0], [np.nan] * 3, [0.25, 0.25, 0.5]],
        "the columns were divided by their sums: axis=1 adds up a row": [[1 / 3, 0.6, 0], [0, 0, 0], [2 / 3, 0.4, 1]],
        "this divides by the sum of the whole table": counts / 12,
    },
)
check.unchanged(counts, np.array([[1, 3, 0], [0, 0, 0], [2, 2, 4]]), of="counts")
small = np.array([[2.5e-7, 7.5e-7], [0.0, 0.0]])
check.array(
    shares_of_rows(small),
    [[0.25, 0.75], [0.0, 0.0]],
    of="shares of a row that sums to a millionth",
    rtol=1e-6,
    causes={"a sum below 1 was raised to 1: only a sum of 0 is special": small},
)
check.array(shares_of_rows(np.zeros((0, 3))), np.zeros((0, 3)), of="shares of no rows")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(603)
# contract: "Each row divided by its sum; a row that sums to 0 becomes zeros."
for shape in [(1, 1), (4, 4), (3, 50), (200, 2)]:
    sample = rng.poisson(1.0, size=shape)
    by_hand = [[value / max(1, sum(row)) for value in row] for row in sample.tolist()]
    check.array(shares_of_rows(sample), by_hand, of=f"shares of {shape[0]} rows", rtol=1e-6)
tenths = rng.random((5, 3)) / 10
check.array(shares_of_rows(tenths), [row / row.sum() for row in tenths], of="shares of rows with small sums", rtol=1e-6)
# contract: "Not negative, integers or floats; there may be no rows. Left as it is."
small = np.array([[200, 200, 100], [255, 0, 255]], dtype=np.uint8)
check.array(shares_of_rows(small), [[0.4, 0.4, 0.2], [0.5, 0.0, 0.5]], of="shares of small integers", rtol=1e-6)
check.array(shares_of_rows(np.zeros((0, 3))), np.zeros((0, 3)), of="shares of no rows")
floats = np.array([[0.5, 1.5], [0.0, 0.0]])
check.array(shares_of_rows(floats), [[0.25, 0.75], [0.0, 0.0]], of="shares of floats", rtol=1e-6)
check.unchanged(floats, np.array([[0.5, 1.5], [0.0, 0.0]]), of="counts")
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · What a left join promises ●○○ · 4 min · 1 point
#
# `lines` has 1,000 rows. After `table = lines.merge(products, on="product_id", how="left")`, which statement is certain,
# whatever the two tables hold?
#
# - **A** `table` has exactly 1,000 rows
# - **B** `table` has at most 1,000 rows
# - **C** `table` has at least 1,000 rows
# - **D** `table` has the rows of the inner join and one more for each line without a match, 1,000 together

# %% nbgrader={"grade": false, "grade_id": "w06-q14-left-join", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_4 = ...  # a letter in quotation marks
### BEGIN SOLUTION
answer_4 = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q14-left-join-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_4,
    "J@NdI3rUVP09`#wvH={RfF?<O6<Soz%<Z}mx5)}VW3+tVZ;3wxrX!6;BXELI=dxylnrmB;9e6xc5A8WJ530d(I8^XI>+b{p<"
    "N!)N!?ruZAWda}$F$>#)`&03;rz4}A)^gW5~el&2`SY`J&E`7o(cOfvF6V%u4~JS6<H$D4_1O%Z!9L?(`|pf81EW=2z-3qyf"
    "qX|0A#+oa<mvFiI%3+At1Rhm5=itQ$SPt$nPq{@b<YH!d2|J$dd1vUetp59YT`D_GjJnqR>qwu7(*rP%gjX*7G$q`A5<kN$I"
    "Stlm16E5ss5rzcEJz!Re;+pB?Vh^qAIvhCXn#<~>*g2|_lOZF6bv1<f&BtS;dM?MsgOA1-C2+3l25*qlSa<;=+Y&n0XfDV`6"
    "UGL;<>Ki=I{Xo`KZ4tj$)tBm-GvSQfH9l$q;#cD(-U<xw#5O}|+cgp8o3M+#75dc(G&B8j=QQL{+z~JK``QUZ4!4I^wjhan}"
    "&i{nm?VIekl?x{nTY4L3s$<L~toZ10c^-QH8Qu",
    letters="ABCD",
    of="question 4",
)
### BEGIN HIDDEN TESTS
# contract: "which statement is certain, whatever the two tables hold?"
check.choice(
    answer_4,
    "C",
    options={
        "A": "a product that stands twice in products makes two rows of each of its lines",
        "B": "a left join loses no row, and repeats one for every match beyond the first",
        "D": "that is how a left join is made up, but an inner join alone may have more rows than lines has",
    },
    of="question 4",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Count before you join ●●○ · 4 min · 1 point
#
# The key of the left table's rows is 1, 1, 2, 3; that of the right table's rows 1, 1, 2, 2, 2, 5. How many rows has the
# **outer** join? Give no decimals.

# %% nbgrader={"grade": false, "grade_id": "w06-q15-join-rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_5 = ...  # a number, or an expression
### BEGIN SOLUTION
answer_5 = 9  # 2 · 2 with key 1, 1 · 3 with key 2, and the rows with 3 and 5
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q15-join-rows-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_5,
    "sswv+1(_H&0B{QZokRyzdJ|_lZ;hd7v`FgS+ZxoL>Ex6{kHXF8fu`!6VqpJ-Q;36gpPFr`h)<l!pZxrV?OH+P)uec#Y_C-wH"
    "#3dAQtiQ!D{Ki;zHx1&uV}+xZ;rm!GZEpyYW5tX*+2gNG$5s-KExh;jm<Z~q$M)(X7hE^B!DvKt^8W&0W*3upvMvXV)9krgl"
    "ei@V=%D_hFQfIA>9p2^xn^m1fD3~bbb6}JaUC`Yo9FPeNgAQ?ZsZ6#O#1S%4pLZ#$W%(+Me$k7Ff5Lb-vz>_?vi|7+Z@e()b"
    "QSfi6}?Vgh3s0T_*F5Z}zt4ON42YkV%lU!=7lddYS@t=kJC{|f$E*C&@ij=+4{Z~xLoBndM*WKhN>-t~rhNu&ZhXiE;a50Yx"
    "z|7e5NA_y{)U#|PpzIFf@WNfRy0UqFK(|#s53~%J2Y{`d51YS-m+u}(4-j}pX7gUpnP4HA_*n4KCO2Nd$)Em=EOJL~1-(Uy0"
    "wP<i(ZGTL2&>oBzFu;l#7WOparH$c}ioux9QEOMLl+mQ2y?0+$#L~rDR<L?#xAQ$gODnX|@`d2&n`nW=!(}~nzlkH9L;BYtC"
    "u^R7zQsPvVBsIAMIZxu|DB^{cgA#hruyE!dHTiUN92tLMd^OUh;+4%M6Hm-HyfS>*F0bRz@#_k1W|@TF?)F)J-?feUpC6%wP"
    "e7KphQ&R3M7QtTA?KNzZnMa@fZBq@WGu!k^!g}?`rBM;3I-w?N;6&z`}yaU!sk}tH}6WhHFJH3i8#%-KZU9nz%)nJrM",
    digits=0,
    of="question 5",
)
### BEGIN HIDDEN TESTS
# contract: "How many rows has the **outer** join?"
check.number(
    answer_5,
    9.0,
    rtol=0,
    atol=0.6,
    causes={
        "that is the inner join, which leaves out what matches nothing; or key 1 was counted as two rows: it makes 2 · 2": 7.0,
        "that is a left or a right join: an outer join keeps the rows of both sides that match nothing": 8.0,
        "that is the number of distinct keys: a key has a row for every pair of rows that share it": 4.0,
        "that is the sum of the two tables' rows: each match becomes a row, and pairs multiply": 10.0,
    },
    of="question 5",
    hide=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Whose customers are they ●●○ · 10 min · 2 points
#
# How much of the whole comes from the largest group? A sum, a maximum, and a decision about what is missing.


# %% nbgrader={"grade": false, "grade_id": "w06-q16-largest", "locked": false, "schema_version": 3, "solution": true, "task": false}
def largest_group_share(values: pd.Series, groups: pd.Series) -> float:
    """Share of the total that the group with the largest sum has.

    Parameters
    ----------
    values : Series of floats
        Not negative, at least one above 0 in a group; missing values count as nothing. Left as it is.
    groups : Series
        The group of each value, with the same index. Rows without a group count neither in a group nor in the total.

    Returns
    -------
    float
        Between 0 and 1, compared to a relative 1e-9.

    Examples
    --------
    >>> largest_group_share(pd.Series([1.0, 2.0, 3.0]), pd.Series(["a", "b", "a"]))
    0.6666666666666666
    """
    ### BEGIN SOLUTION
    sums = values.groupby(groups).sum()
    return float(sums.max() / sums.sum())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q16-largest-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
values = pd.Series([1.0, 2.0, np.nan, 4.0, 5.0, 3.5, 1.5])
groups = pd.Series(["a", "b", "b", None, "a", "b", "b"])
before = values.copy()
check.number(
    largest_group_share(values, groups),
    7 / 13,
    of="largest_group_share(values, groups)",
    rtol=1e-9,
    causes={
        "the rows without a group were counted in the total": 7 / 17,
        "this is the largest mean, not the largest sum": (6 / 2) / (6 / 2 + 7 / 3),
        "this is the share of rows, not of the total": 4 / 6,
        "this is the largest single value": 5 / 17,
    },
)
check.series(values, before, of="values after the call")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(606)
# contract: "Share of the total that the group with the largest sum has."
for n_rows, n_groups in [(1, 1), (30, 4), (200, 40)]:
    amounts = pd.Series(rng.gamma(1.0, size=n_rows), index=rng.permutation(n_rows))
    names = pd.Series(rng.integers(0, n_groups, size=n_rows), index=amounts.index)
    sums: dict[int, float] = {}
    for name, amount in zip(names, amounts, strict=True):
        sums[name] = sums.get(name, 0.0) + amount
    check.number(
        largest_group_share(amounts, names), max(sums.values()) / sum(sums.values()), of=f"{n_rows} rows", rtol=1e-9
    )
# contract: "Rows without a group count neither in a group nor in the total."
check.number(
    largest_group_share(pd.Series([9.0, 1.0, 1.0]), pd.Series([None, "x", "y"])), 0.5, of="a large row without a group"
)
# contract: "missing values count as nothing"
check.number(largest_group_share(pd.Series([np.nan, 3.0, 1.0]), pd.Series([1, 1, 2])), 0.75, of="a missing value")
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · Digits that get lost ●●○ · 5 min · 1 point
#
# A design matrix `X` has singular values from 10,000 down to 0.01. You solve least squares in `float64` (about 16 digits).
# Roughly how many digits does conditioning cost by the normal equations $X^\top X w = X^\top y$, and how many by QR, when the
# residual is small?
#
# - **A** 6 by either: both solve the same problem
# - **B** 12 by the normal equations, 6 by QR
# - **C** 6 by the normal equations, 12 by QR
# - **D** 12 by either: the condition number is squared whenever squares are minimised

# %% nbgrader={"grade": false, "grade_id": "w06-q17-conditioning", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_7 = ...  # a letter in quotation marks
### BEGIN SOLUTION
answer_7 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q17-conditioning-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_7,
    "DcvI(R0!dz0BbbJNH;JP#23RK&gYyzFInatjIQao4aY<h+LvTLP3CsCL}DcFaq?q}J&|`b1-(kAGo6K=Yi)RXfv?T7skNKvB"
    "}FIPva??u+b;$vls_|8^t9Y0@GQ7dj9}sQBCSD4nav`<)P`l@e<VqVTq@HPfJSisX4?o!*T2o?uScJOX<r9h8ylj+Fz;MzRD"
    "fR<bkkJ=))%qw_~*8v-Jc$rVhNSdXY`Xj|2Fu9R@|rl5QI!n6}L9ku$TaJPUDQrS3lY8TL1`W+3-=$gqoYtH67KtMmav9gqo"
    "#2EWe%h?FU`mSzF$4mo~>rr6G8S+l-+_3VI={iycQEw|)6$dfD+B7gd`mZavg|7-#IaWTvO+Ak>iP>Rdc_&*%ZH|A%pwlbKl"
    "lk5)DnUJ<z-D%pdbz{F@RiOUXjza_jFBxSbS7R@dQC&G1c1mL_+5dgBrWS8Zz&wY<kshg*=f-k1V-kH89igYo|hqOxp6jHQE"
    "6yOTspl0&W);w5pT8|D3s1%wZ=9OH^N~~fjMALQO(CFmcYPo;^PGy^dPtd;zHL!tfyKIRzgQ1lvFft2hnAx#N7T#evYe8G7&"
    "bs`i%(Pj&7^?",
    letters="ABCD",
    of="question 7",
)
### BEGIN HIDDEN TESTS
# contract: "Roughly how many digits does conditioning cost by the normal equations $X^\top X w = X^\top y$, and how many by QR"
check.choice(
    answer_7,
    "B",
    options={
        "A": "they solve the same problem, but forming the product squares the condition number before anything is solved",
        "C": "it is the other way round: QR works with X itself, the normal equations with its square",
        "D": "QR never forms the square: it works with the condition number of X itself",
    },
    of="question 7",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8 · The length of a shadow ●○○ · 5 min · 1 point
#
# Project $a = (3, 4, 0)$ onto the line through the origin and $b = (1, 2, 2)$. How long is the projection? Give two
# decimals.

# %% nbgrader={"grade": false, "grade_id": "w06-q18-shadow", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_8 = ...  # a number, or an expression
### BEGIN SOLUTION
a, b = np.array([3.0, 4.0, 0.0]), np.array([1.0, 2.0, 2.0])
answer_8 = a @ b / np.linalg.norm(b)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q18-shadow-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_8,
    "Fx&r+&SZaD0AmA*#@qs=$rKq~B;q`{=)tad{VRbB!AQGA!6?%qUCA8WGj$tw)8zc<oiJRo1RH%tL1(MEgg;MyT95VN7LV?6("
    "6WowA7}W|tPxXc^IDwzV1fz2mZ2(wwyW=Mf>0TMQ`OGUAt57Bs5)&F3P!!&@DX^gP!5S-7AR|?pzH%n`xEF7-{~+#|4J<~yc"
    "34mDHJZlzxG&M$|cA70G`C$1EI-jo)^%98_+0q)^3d+r0!Sa>mBO8S-3_Qoo&M5+%a+6KOaV(z`s#2J~gC18u4%<V$o5`=6q"
    "ri+2}&<knPM7OZOgv_m+4v0LrPVfsD6>_40I#b$5W4+3JYz6t#XrY6vT6hC&Bv0*ROQZgc2vcratOu^nO|+mo}?U|76#Su9S"
    "+=7ARV1iXtyx?>XxOr}HCiZ*$RMe0?kW6)CGWj1{S$mW$4$W&kar_d9W8#cj;V=uGav>~V-V{Ba8z%6eW*6#X}b>n&^3n<lX"
    "pnEdr+s1JGw)|qGg3|{4_bB1?LX`^P&&Dpd^tn!-?J^zg&C<uF7?=O2zN!e$ve!NB^oF;$q9(b;!WB|F<e<GN<xogQJBav6="
    "!DN%t)iW`6>NJ2d;EWfno{xUaH@%<-(PYr+Iv537HLNM-ry?I<C!Fgt`q^_5M{>Ttd)NmR^t^3-&j;fj0W>AJ6<{1j-Xla$M"
    "zk-ai|ecN%O{axFhdoF1!G#w=#%g3Xbc2)#~NS_qfKwdq>m{@p;?+xUHa!*1BM$CNvAz0yK!n2^<1%V%#W;oaJYsRimk8?@h"
    "YC<XiCzTbf^7L>#X=IcrlO^Nk-(u44B?ZtSyOr1P3H`0B7_",
    digits=2,
    of="question 8",
)
### BEGIN HIDDEN TESTS
# contract: "How long is the projection?"
check.number(
    answer_8,
    3.6666666666666665,
    rtol=0,
    atol=0.006,
    causes={
        "that is cut off, not rounded: the third decimal is a 6": 3.66,
        "that is a·b: divide by the length of b, for only its direction counts": 11.0,
        "that is the factor before b, a·b / b·b: the projection is that factor times b, and b has length 3": 1.22,
        "that divides by the length of a: it is the shadow of b on a": 2.2,
        "that is the cosine of the angle: multiply by the length of a": 0.73,
    },
    of="question 8",
    hide=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 9 · As few components as needed ●●○ · 12 min · 2 points
#
# How many principal components carry a wanted share of the variance?


# %% nbgrader={"grade": false, "grade_id": "w06-q19-components", "locked": false, "schema_version": 3, "solution": true, "task": false}
def components_needed(X: NDArray[np.floating], share: float) -> int:
    """The smallest number of principal components whose variances add up to at least ``share`` of the total.

    Parameters
    ----------
    X : array of shape (n_samples, n_features)
        At least two samples; not all rows are equal. Columns are centred, not scaled. Left as it is.
    share : float
        Above 0 and at most 0.999.

    Returns
    -------
    int
        At least 1. The checks stay away from shares that are met exactly.

    Examples
    --------
    >>> components_needed(np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 1.0], [2.0, -1.0]]), 0.75)
    1
    """
    ### BEGIN SOLUTION
    singular = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    running = np.cumsum(singular**2) / np.sum(singular**2)
    return int(np.argmax(running >= share)) + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q19-components-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
turn = (
    np.array([[1.0, 1.0, 0.0], [-1.0, 1.0, 0.0], [0.0, 0.0, 2.0**0.5]]) / 2.0**0.5
)  # the components lie along no column
X = np.array([[6.0, 0, 0], [-6, 0, 0], [0, 3, 0], [0, -3, 0], [0, 0, 2], [0, 0, -2]]) @ turn + [1_000.0, -500.0, 20.0]
before = X.copy()
for share, wanted, causes in [
    (0.54, 1, {"the columns are centred, not scaled, and a component is no column": 2}),
    (0.73, 1, {"square the singular values: a variance is a square": 2}),
    (0.75, 2, {"subtract the mean of every column first: a level of 1,000 is no variance": 1}),
    (0.91, 2, {}),
    (0.95, 3, {}),
]:
    check.number(
        components_needed(X, share),
        wanted,
        of=f"components_needed(X, {share}), where the variances are as 36 to 9 to 4",
        integer=True,
        causes=causes,
    )
check.unchanged(X, before, of="X")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(609)
# contract: "The smallest number of principal components whose variances add up to at least ``share`` of the total."
for n_samples, n_features in [(40, 3), (30, 12), (8, 20)]:
    sample = rng.normal(size=(n_samples, n_features)) * np.geomspace(5.0, 0.2, n_features) + rng.normal(size=n_features)
    variances = np.sort(np.linalg.eigvalsh(np.cov(sample, rowvar=False)))[::-1]
    for wanted in range(1, min(n_samples - 1, n_features)):
        between = (variances[:wanted].sum() + 0.5 * variances[wanted]) / variances.sum()
        if between < 0.999:
            check.number(components_needed(sample, between), wanted + 1, of="components_needed", integer=True)
# contract: "Columns are centred, not scaled. Left as it is."
before = sample.copy()
check.number(
    components_needed(sample * np.r_[100.0, np.ones(19)], 0.9), 1, of="one column with large numbers", integer=True
)
components_needed(sample, 0.5)
check.unchanged(sample, before, of="X")
### END HIDDEN TESTS

# %% [markdown]
# ## 10 · The alarm at night ●●○ · 5 min · 1 point
#
# A fraud model flags 90 % of the fraudulent payments and 5 % of the honest ones. Of all payments 2 % are fraudulent. What
# share of the flagged payments is fraudulent? Give three decimals, between 0 and 1.

# %% nbgrader={"grade": false, "grade_id": "w06-q20-bayes", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_10 = ...  # a number, or an expression
### BEGIN SOLUTION
answer_10 = 0.02 * 0.9 / (0.02 * 0.9 + 0.98 * 0.05)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q20-bayes-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_10,
    "xDU0daUcfy0A?pIj87Dq(oYTzVx-nt#-U`|!+RpkOuhz`_A7&&;!@6?RvOgyu-o}FP>AP|;{1C)Gtee=zshl|u(RddN7AFDY"
    "$$vx)XL60W~WF$m*?`38jdJ1(QAQYB*9Lb8$m3^RDdC8Sq$5$MFw=HE5K95bz0;l*Ue6uj%i%o`S0^{)ys^+k`qD^P4OY-9}"
    "}V@sJ@um2TvLv@t#Pk2Ha*^JXorc)(+VpExao7$Q@3eME=;UR5mNQE6>IA=Y_QCfK|9+nBME=CJEKp`(feC*`_xQ*U({w=Zr"
    "XcyRS62z<|0wSmsAydlZAP;vPUjzah)j>J0<@$csRe6Rfv)>(=TE&x<Bk2P@(kssCq?lTb-`=h)a4HaI6Ql4ZMTVhg3b>*eI"
    "qsxq3S)}f~Q<c-_q4<biJR{pa*NA_QArf9qRedYmJMuzU=99y%f%eSOh86*~SGXI#Op0^ZtE%67$`v{iqPacps)mY!Bc`+DH"
    "A1h2rnh(R2p_%$~CCH&iCE>On)MX`X2@#rKYK&vwDz%`xW-wJTvgt=H-UolEU2k1-Ch@goj(U^H2O3yjAyj1SW3b3Xlo{K`X"
    "s3uvA1^8)d*Nuc(Oq2btWqu+fs(8$vxnKsZ}eSZiWDun0VvpR@0S(bd>j8}tKzEF@cH(;swY0VC4S^RHQ$>fsB!x1q7t|2;;"
    "Cwl<v#^kl{HI0JijF4Lm~3dR~OXfi9`?8=4+@459)!#MA7D4Ur;5U3H|}X=)4beSAWk;5)Yjv9KN<h=9`2R3>;Y|gHrEiY8d"
    "1@ob+<Q<$R%nH<kSu!fI#FE@;_iGHWLK1A$&~hjCZMyG?aLFs872j|clanrQv{-b-&j>5i}sQDbOc0z4s=6l3QN28fOn3$Lb"
    "bhECtfCOrCeQ6-0)#Ljl~nW^BRHEKrzK<{j~$jR$<Hy%IN@OP>z0;;ReZ2V2ZS2T-wb)5d(I|0i&pcn0Z4r}BHMseHlrf&-|"
    "1Y|IDbqZsKKa=l!{vyuW@lK3C!58cfNJI^74V+2hhAKw^|EL0WW&zJ*Z?U@}g8}Hs{clpPHP$q6nvR=4qk|6+njEM`3eWEOi"
    "FImq_g}tHXJ2)>1MSdnQpV^T)e2&J3@px*GbRl+B3zd9*4Um=WvDbu%uW",
    digits=3,
    of="question 10",
)
### BEGIN HIDDEN TESTS
# contract: "What share of the flagged payments is fraudulent?"
check.number(
    answer_10,
    0.2686567164179104,
    rtol=0,
    atol=0.0006,
    causes={
        "that is in per cent: give a number between 0 and 1": 26.9,
        "right so far: give three decimals": 0.27,
        "that is how many frauds are flagged; asked is how many of the flagged are frauds": 0.9,
        "that is how many honest payments are left alone": 0.95,
        "that is the share of all payments that are fraudulent and flagged: divide by the share that is flagged": 0.018,
        "that is the share of payments that are flagged": 0.067,
        "those are odds, frauds to false alarms: the share divides by both together": 0.367,
    },
    of="question 10",
    hide=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 11 · How sure is a simulation ●○○ · 4 min · 1 point
#
# A Monte Carlo run of 10,000 independent trials found the event in 2,000 of them. What is the standard error of the
# estimated probability? Give four decimals.

# %% nbgrader={"grade": false, "grade_id": "w06-q21-standard-error", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_11 = ...  # a number, or an expression
### BEGIN SOLUTION
answer_11 = np.sqrt(0.2 * 0.8 / 10_000)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q21-standard-error-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_11,
    "I9=<>0|UtG0B#l^)Q5d`k$+(W^ty&3A^g>B)>&!&^m?@V@VmaUH<xP@YyNoc%nx5IugZCIG8{7TkJ_LJH@;xH%k<oB;xID4-"
    "oJ4Oj)qcWh>0febZWQ4=K#(|FCy2`#NDs;SB5V5pT&^al)qEg{m{;Xa0`VNJ-3D#lb5lrpydth)<nOx=ytO|7HNuQZA96PEX"
    "<v-9X3vfjeL>Wq{1L%iq`l<ZPOW$qd?0bMO9;xevfM!lZFx1(b!z`!b6wQdmRK>Fkp<0!eumP0d^nc@Q6Gi<WBN~k~7*z6Je"
    "L7+Mb%hr@@h&HqkJuwA`fI%zE270nbUvv&wPGUbbho-LyvTY`f(^Kng}rK6D`+8DF#0mJWw{66zg;oD%~vDgsg;Z0pMw995h"
    "-iaAl*Z&Be)cx>t~#4}eH<yB1bW+(b@Vxsqg?hw7X{u|qM<!T+;wW+__Fj6921-Gr>vun4bzBG4^8ys9@u<46N@#+oaL)!RH"
    "BwG`Yp7C&f({h>i70GYPpy0M;#^2d4<B*hymx2{PGNZ_3g7=owV4dV%k&Rz0F+10*<hN@Nm>&$`TU{q)x=}M~X*3QC_4Pv&a"
    "SOY-hTiEg&;j}45560vOB$aVK#|3pct2jvSd3D<rszosiT8eNF}E{I(n6dvkrWNuZXo%b7^rWrRvjGPC5u%3C87&^i%aY`>1"
    "h5+?8rSO*Pvi>$n-W|9O%EoySXST*gm%c4-NuYvA~o3uUm{gE52k;tuhmbI&uVB6_`zfvAv9i&mN7M;BSJCN3B6(p1HfVc57"
    "ct>PPJdQ?nweQgSK)rDA#c3}Z>uuXJ!RieL<n^vk}Zwjz=GBBWe)@=RPx%D>Ulac^AT*~>d|GvioJQrLET@Y0jiU-0NMd-a?"
    "3w<{}scd*+0{+L%$ok2QJ=tTRS`dt6AF#hdy{C#eis!!JUB&Et)ksjmv>>|V<3ZO8IllQ+!|6DFNT*8;axxH|@(<=DMJS+I)"
    "zE-XyHiTAW8B8TO)DVAt9=fIGA3O5ia!mFTLOKal5^vzn-cV8F%9K^5L3ou|Ll(fuo7gF0?CI)FmQ^*o{70=H",
    digits=4,
    of="question 11",
)
### BEGIN HIDDEN TESTS
# contract: "What is the standard error of the estimated probability?"
check.number(
    answer_11,
    0.004,
    rtol=0,
    atol=6e-05,
    causes={
        "that divides the variance of one trial by the root of the number of trials: take the root of the variance, too": 0.0016,
        "that is the standard deviation of one trial: divide by the root of the number of trials": 0.4,
        "that is the variance of one trial": 0.16,
        "divide by the root of the number of trials, not by the number itself; and give four decimals": 0.0,
        "that forgets the factor 1 - p: the variance of one trial is p(1 - p)": 0.0045,
        "that is the worst case, p = 1/2; here the estimate is 0.2": 0.005,
    },
    of="question 11",
    hide=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 12 · What 0.03 says ●●○ · 4 min · 1 point
#
# An A/B test was planned with a fixed size, run to its end, and analysed once: p = 0.03. Which statement is right?
#
# - **A** If there were no effect, about 3 % of such tests would show a difference at least as large, up or down
# - **B** The probability that there is no effect is 3 %
# - **C** A repetition would find an effect with probability 97 %
# - **D** The effect is large enough to matter, with a risk of error of 3 %

# %% nbgrader={"grade": false, "grade_id": "w06-q22-p-value", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_12 = ...  # a letter in quotation marks
### BEGIN SOLUTION
answer_12 = "A"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q22-p-value-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_12,
    "Pybuk%5&?T0Bm5gW-+g%V|5f>Jz=bZ4B;DRN)fujY&o7~y#yBVAv6PVk4~6SdH)jM(1s)#kAi0HChaeOCmzbb?+oV)Vs3g3#"
    "$%&k2*Avdp~9ZawPkn|bOhLYuww7#C~f;Dx#!6Gq~w<&1qGz0H-OGjGq%z2b%2Mn71ecYm(2r224d^~nU@o?jgvpTq<0<Ws("
    "pIuPpb;;hJXGYwS6byeteRZInm6#&wI=_xTGj)B+DS`5?cD*;e$_a$1wS>sczc<&;6#7A2^EaxJ|}3P?rE;{w@w6J)^r$z`X"
    "w|7hmDM#`ZZsPBglpgi=qkzDR|~<$;r9+YGsTEL(UoL<6d1_r&ckw6-iTAN;k^IOucQOi-Syx{dZUNWFq~M4xVkL1TMevzt|"
    "GKk;gjAv(OOrN8NuE94yzH&Lu#z<A1uSM$}v{wNd#w2RmSKhC_S{?}_OG^GJGxy`#?9MC`w1Iex}D>73%6MRJ?6&fUX)asYt"
    "i@E>t!>YFXnZ;J2oJre18mwNci4k6PMTaCf9-KQ7sow>u34O1=SS`12d+1;ob}MTSuF*PgyCeIM{F%h6?l_Em?RT@)T^JI5{"
    "6D&HEQnz{E5G=)4|@",
    letters="ABCD",
    of="question 12",
)
### BEGIN HIDDEN TESTS
# contract: "Which statement is right?"
check.choice(
    answer_12,
    "A",
    options={
        "B": "that turns the condition around: it would need the share of tested ideas that work, as in Bayes' rule",
        "C": "a repetition's chance is its power, which depends on the true effect; for p = 0.03 it is often near one half",
        "D": "a p-value says nothing about size: in a test that is large enough, a useless effect has a tiny p",
    },
    of="question 12",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 13 · Five tests at once ●●○ · 5 min · 1 point
#
# Five hypotheses have the p-values 0.024, 0.028, 0.001, 0.200 and 0.045. How many does the Benjamini–Hochberg procedure
# reject at a false discovery rate of 5 %? Give no decimals.

# %% nbgrader={"grade": false, "grade_id": "w06-q23-discoveries", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_13 = ...  # a number, or an expression
### BEGIN SOLUTION
answer_13 = 3  # sorted, the third is the last below its threshold: 0.028 <= 0.03, though 0.024 > 0.02
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q23-discoveries-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_13,
    "G*OSb$~k^k0BV4r#`KAtmR_GJVv;lz7_hZ`=LkwdLs|2cC8WP(A6jBD6dKrCGPd|V$rLr?c8bqXAtZpjlCo5HRX|T*YX`BYA"
    "9+xx`z~4hFdAlBi0yFP=Bbre=kTh}|Lw(8;Lo<@y#3DWOU@v@oYdZ3jpWi$h>*ekL65k#!h<J~^G!j?eg(6E{UxA)VyqRD$&"
    "gDubI)1HdQ#7%2gY)RD)=0odDyPNJj|utFVv}OB1jyTC$45?mTjd1)VDP582JtI^1f1xhewY2sK;1aE-U$+z8>dL-KZ44En-"
    "u&9hgV1b9J+(I9m!8UA0$s&>ab>nuTt!mbzIEwQHSgix)r^d(W0B?PL1_k_K6O4->nT#@e$t<;;I}E>9-QKyr7i#eT(r8uV<"
    "o)@$r<$pYVhZb=FG;*&?BW7bC9Cq>8-)ii_wYNC8uD{yumbb)#{Dwum8w&~prc{eC~;<{R}$9ITSH?p&{uib(SXAeh`^;!4|"
    "x-XPYsIL8M=Bl12!>L-;&N7w=gx;<QX_+KaEkd3H6i?CuJo#l0TdxI#5&&W&r~YsIVW6^;Ikas`xn&=Q$P&TBM84_DuA#81G"
    "YA`0HyY#Wd0!&ibc#p|(>P=VDEC-_vf2DH8Er+#hQ@G_#=RpYUfHVo*smpr{?a*s;***CCxZpnO1A;$I-pxyj`>QH4DlbMDO"
    "q#s2rDBHXmO#-$E?c5PP(7|W&!U?L+o3a%AYDTj%OZ-C^(2CGqe0}",
    digits=0,
    of="question 13",
)
### BEGIN HIDDEN TESTS
# contract: "How many does the Benjamini–Hochberg procedure reject at a false discovery rate of 5 %?"
check.number(
    answer_13,
    3.0,
    rtol=0,
    atol=0.6,
    causes={
        "that is Bonferroni, or a stop at the first p-value above its threshold: find the largest k that passes": 1.0,
        "two are below their own thresholds, but everything up to the largest k that passes is rejected; sort first": 2.0,
        "four are below 0.05, without any correction: the k-th smallest is held against 0.05 · k/5": 4.0,
        "the largest p-value, 0.2, is above its threshold 0.05; sort before you give out the thresholds": 5.0,
    },
    of="question 13",
    hide=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 14 · The loss goes up ●●○ · 5 min · 1 point
#
# Gradient descent on least squares. The largest eigenvalue of the Hessian is 40, the smallest 0.1. With step size 0.06 the
# loss falls for a moment, then grows faster and faster. What happens, and what helps?
#
# - **A** The run has left the basin of its minimum and climbs out of it: start again from several other points
# - **B** Along the steepest direction each step overshoots by more than it corrects: step less than 0.05, or scale
# - **C** Along the flattest direction progress is too slow to outweigh the rest: take a larger step to cross it
# - **D** The gradient is too noisy for such a step: average it over more samples

# %% nbgrader={"grade": false, "grade_id": "w06-q24-diverging", "locked": false, "schema_version": 3, "solution": true, "task": false}
answer_14 = ...  # a letter in quotation marks
### BEGIN SOLUTION
answer_14 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "w06-q24-diverging-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.sealed(
    answer_14,
    "BvrIVO1zk!09-S&-Ho6)UwfdjEZ;AH^uUN#t2UV$R>2a*ZQKGxg&=HnX_BHvd}NgP_joANqlL^x9({@z$Lat2?~gBskcwAQ>"
    "W?S%S!*W>wAJc6IqR9H7`d>Y8n=BK5_XqSJIg7dQ|CMd0fGyWG=D{RL`^lk<QlW3OJJ00ke7ONI|n$~>)JI}7};+Lg2UndOO"
    "+ST2(-BBCO_33%TYNB*&VqGwVxRW$M+!s&JCD1NtHX+(dp-6mT2tSLSggxCRoFMB$q}(?`cR6MqbKlkr2Au)x={$mfOM!yQz"
    "Uw;BWaXId%9b>nscZ>u$z+S;G+WF$;HX2RJXPIhP+==B%9e1w3zdj)^%nHvnYcei~pNdt*?K_{M>xHN-6&I@RbYtmzLpxi~m"
    "ee(qnbRX|^5@`RFuZQI$%@jSa$V7RIE6;|zT%<E7bQZYmOnc?S)2VUwByyFQ*u7rQ;fF~2ugL3xi>9<ZlHw8hXw*ybh2KZQ3"
    "xv=jE1gfMTGs2!atcu%O1wxn;r$Oh_2Qv",
    letters="ABCD",
    of="question 14",
)
### BEGIN HIDDEN TESTS
# contract: "What happens, and what helps?"
check.choice(
    answer_14,
    "B",
    options={
        "A": "a convex quadratic has one minimum, and nothing to leave",
        "C": "the flat direction only makes descent slow; a larger step makes the steep one diverge faster",
        "D": "this is the full gradient: there is no sampling noise in it",
    },
    of="question 14",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 15 · One step with momentum ●●○ · 10 min · 2 points
#
# One step of heavy-ball momentum, as PyTorch's `SGD` takes it:
#
# $$v \leftarrow \beta v + g, \qquad w \leftarrow w - \eta\, v .$$


# %% nbgrader={"grade": false, "grade_id": "w06-q25-momentum", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum_step(
    w: NDArray[np.floating], v: NDArray[np.floating], gradient: NDArray[np.floating], rate: float, beta: float
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """One step of momentum: first the velocity, then the weights with the new velocity.

    Parameters
    ----------
    w, v, gradient : arrays of one shape
        Weights, velocity and gradient. Left as they are.
    rate : float
        The step size η.
    beta : float
        How much of the old velocity is kept, from 0 to below 1.

    Returns
    -------
    w, v : new arrays of the same shape
        Compared to a relative 1e-6.

    Examples
    --------
    >>> momentum_step(np.array([1.0]), np.array([2.0]), np.array([4.0]), rate=0.5, beta=0.5)
    (array([-1.5]), array([5.]))
    """
    ### BEGIN SOLUTION
    velocity = beta * v + gradient
    return w - rate * velocity, velocity
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "w06-q25-momentum-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
w, v, gradient = np.array([1.0, -2.0]), np.array([2.0, 0.0]), np.array([4.0, 1.0])
made = momentum_step(w, v, gradient, rate=0.25, beta=0.5)
check.that(
    isinstance(made, tuple) and len(made) == 2,
    "momentum_step: expected two arrays, the new weights and the new velocity",
)
check.array(
    made[1],
    [5.0, 1.0],
    of="the new velocity",
    rtol=1e-6,
    causes={
        "the gradient was multiplied by 1 - beta: this rule does not average": [3.0, 0.5],
        "the rate belongs to the weights, not into the velocity": [2.0, 0.25],
    },
)
check.array(
    made[0],
    [-0.25, -2.25],
    of="the new weights",
    rtol=1e-6,
    causes={
        "the weights took the old velocity: the velocity is renewed first": [0.5, -2.0],
        "the weights took the gradient alone: they follow the velocity": [0.0, -2.25],
        "the step goes uphill: subtract it": [2.25, -1.75],
    },
)
for name, value, before in [("w", w, [1.0, -2.0]), ("v", v, [2.0, 0.0]), ("gradient", gradient, [4.0, 1.0])]:
    check.unchanged(value, np.array(before), of=name)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(615)
# contract: "One step of momentum: first the velocity, then the weights with the new velocity."
for shape in [(1,), (7,), (3, 4)]:
    start, speed, slope = (rng.normal(size=shape) for _ in range(3))
    for rate, beta in [(0.1, 0.9), (0.5, 0.0), (2.0, 0.3)]:
        weights, velocity = momentum_step(start, speed, slope, rate, beta)
        by_hand = [beta * old + now for old, now in zip(speed.ravel(), slope.ravel(), strict=True)]
        check.array(velocity, np.reshape(by_hand, shape), of="the new velocity", rtol=1e-6)
        moved = [old - rate * fast for old, fast in zip(start.ravel(), by_hand, strict=True)]
        check.array(weights, np.reshape(moved, shape), of="the new weights", rtol=1e-6, atol=1e-12)
# contract: "Weights, velocity and gradient. Left as they are."
before = start.copy(), speed.copy(), slope.copy()
weights, velocity = momentum_step(start, speed, slope, 0.1, 0.9)
for name, value, original in zip(("w", "v", "gradient"), (start, speed, slope), before, strict=True):
    check.unchanged(value, original, of=name)
    check.new_array(weights, value, of="the new weights")
    check.new_array(velocity, value, of="the new velocity")
### END HIDDEN TESTS
