"""How a type of the schema says what is wrong with a value."""

from pydantic_core import PydanticCustomError


def refusal(code: str, text: str, **values: object) -> PydanticCustomError:
    """Return the error of a value: ``text`` in English, with ``{names}`` that ``values`` fill.

    The text goes along with the values, because pydantic hands on only the finished message, which cannot be
    translated any more.
    """
    return PydanticCustomError(code, text, {"text": text, **values})
