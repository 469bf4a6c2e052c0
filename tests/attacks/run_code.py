# /// attack
# name = "Runs no checks"
# hole = "The shell asks its own methods to run a cell"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
shell = get_ipython()
honest_run = shell.run_code


async def run_code(code, result=None, *, async_=False):
    names = code.co_names
    if "check" in names:
        return False
    return await honest_run(code, result, async_=async_)


shell.run_code = run_code


def standardise(X):
    return X
