"""Ways in which a plugin breaks a contract."""

from collections.abc import Iterable


def broken(made: object, checks: Iterable[str] = ()) -> dict[str, str]:
    """Return those of ``checks``, or of all that a contract has, that its plugin breaks, with what each says."""
    found = {}
    for name in checks or [name for name in dir(type(made)) if name.startswith("test_")]:
        try:
            getattr(made, name)()
        except AssertionError as error:
            found[name.removeprefix("test_")] = str(error)
    return found
