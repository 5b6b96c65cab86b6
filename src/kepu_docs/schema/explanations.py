"""The explanations of the fields of a model: the docstrings below them, read from the source on first use.

Pydantic reads them when a model is made (``use_attribute_docstrings``): for all models of a record that takes as long
as making the models, and few runs need any.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pydantic import BaseModel


def explanation_of(model: type[BaseModel], name: str) -> str | None:
    """Return the explanation of a field: its description, or the docstring below it in the class or a base class."""
    given = model.model_fields[name].description
    if given is not None:
        return given
    return next((texts[name] for texts in map(_docstrings, model.__mro__) if name in texts), None)


@lru_cache(512)
def _docstrings(model: type) -> Mapping[str, str]:
    """Return the docstrings of a class's own fields, by name; empty if there is no source."""
    if not (issubclass(model, BaseModel) and model is not BaseModel):
        return {}
    try:
        source = inspect.getsource(model)
    except (OSError, TypeError):
        return {}
    # A class within another one, or in a function, is indented.
    indented = source[:1].isspace()
    (made,) = ast.parse(f"if 1:\n{source}" if indented else source).body
    if isinstance(made, ast.If):
        (made,) = made.body
    return dict(_below_fields(made)) if isinstance(made, ast.ClassDef) else {}


def _below_fields(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(made.body, made.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
