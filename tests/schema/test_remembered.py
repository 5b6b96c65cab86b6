"""Periods and quantities that are in many records are validated once."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from kepu_docs.schema import Count, Period, Unit


class _Held(BaseModel):
    people: Annotated[Count | None, Unit("人次")] = None
    leaflets: Annotated[Count | None, Unit("份")] = None


def test_equal_texts_give_one_period() -> None:
    assert Period.model_validate("2025-09") is Period.model_validate("2025-09")
    assert Period.model_validate(2025) is Period.model_validate("2025")


def test_equal_figures_of_one_unit_give_one_quantity() -> None:
    assert _Held(people=60).people is _Held(people=60).people
    assert _Held(people="近60").people is _Held(people="近60").people
    both = _Held(people=60, leaflets=60)
    assert (both.people and both.people.unit, both.leaflets and both.leaflets.unit) == ("人次", "份")


def test_what_is_refused_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ValidationError, match="expected a year"):
            Period.model_validate("2025-13")
        with pytest.raises(ValidationError, match="expected a number such as 300"):
            _Held(people="许多")
