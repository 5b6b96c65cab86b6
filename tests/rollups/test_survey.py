"""The items of the national survey, and the section kinds that answer them."""

from kepu_docs.rollups.survey import ITEMS
from kepu_docs.schema.shapes import unit_at
from kepu_docs.sections import KINDS


def test_every_answer_is_of_an_item_and_in_its_unit() -> None:
    units = {item.name: item.unit for item in ITEMS}
    answers = [(kind.model, answer) for kind in KINDS if kind.rollup for answer in kind.rollup.survey]
    assert len(answers) == 20
    for model, answer in answers:
        assert unit_at(model, answer.figure) == units[answer.item], answer
