"""How a type of the schema reports an invalid value."""

from pydantic_core import PydanticCustomError


def refusal(code: str, text: str, **values: object) -> PydanticCustomError:
    """Return the error of a value: ``text`` in English, with ``{names}`` that ``values`` fill.

    The text is passed along with the values, because pydantic passes on only the finished message, which can no longer
    be translated.
    """
    return PydanticCustomError(code, text, {"text": text, **values})
