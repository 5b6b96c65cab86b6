"""Ordinary input, which every entry point must read: one that refuses everything would otherwise look safe."""

import json
from collections.abc import Iterator
from functools import partial

from tests.attacks.frame import Attack, Expected, Run
from tests.attacks.material import (
    GOOD,
    HEADINGS,
    ROW,
    attack,
    book,
    ods_table,
    open_document,
    record,
    rows,
    sheet,
    with_header,
    word,
    zipped,
)

READ = Expected.READ


def attacks() -> Iterator[Attack]:
    """Yield what is ordinary."""
    from tests.attacks import databases, outputs, photographs, records, templates, workbooks

    tables = ("batch", "check", "rollup", "rollup --expected", "render_batch()")
    yield from attack(tables, "ordinary", "a.xlsx", zipped(book()), READ)
    yield from attack(("batch", "check"), "ordinary", "a.ods", zipped(open_document(ods_table())), READ)
    yield from attack(
        ("batch", "check"), "ordinary", "communities.csv", "编码,名称,时间,开头\n000101,试验社区,2025,开头。\n", READ
    )
    sections = [
        {"kind": "training", "sessions": [{"topic": "应急救护", "attendance": "近60", "held_on": "2025-04-12"}]},
        {"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"], "points": ["要点。"]},
    ]
    usual = json.dumps(record(sections=sections), ensure_ascii=False)
    yield from attack(("render", "batch", "check", "load()", "check()"), "ordinary", "a.json", usual, READ)
    yield from attack(("render", "batch"), "ordinary", "a.yaml", records.YAML, READ)
    yield from attack(("batch",), "ordinary", "a.jsonl", usual + "\n", READ)
    whole = 'period = 2025\nopening = "开头。"\n[community]\nname = "试验社区"\n'
    yield from attack(("render", "batch"), "ordinary", "a.toml", whole, READ)
    yield from attack(("import", "--reference", "import_document()"), "ordinary", "a.docx", zipped(word()), READ)
    yield from attack(("--reference",), "a header", "a.docx", zipped(with_header("<w:r><w:t>页眉</w:t></w:r>")), READ)
    yield from attack(("import",), "ordinary", "a.md", "# 试验社区2025年科普工作总结\n\n正文。\n", READ)
    yield from attack(("import",), "ordinary", "a.txt", "试验社区2025年科普工作总结\n正文。\n", READ)
    for door, made in (("render", templates.laid), ("batch", templates.batched), ("compose()", templates.composed)):
        text = "{% paragraph %}共{{ section.held }}{% endparagraph %}"
        yield Attack("a template", door, partial(made, text), READ)
    po = (
        templates.PO % '"Plural-Forms: nplurals=2; plural=n != 1;\\n"'
        + 'msgctxt "kind"\nmsgid "training"\nmsgstr "学习"\n'
    )
    yield Attack("a catalogue", "messages.po", partial(templates._po, po), READ, checks=(_says("学习"),))
    picture = partial(photographs._photographed, "a.jpg", photographs.jpeg, "a.jpg")
    yield Attack("a photograph", "render", picture, READ, checks=(_says("media/"),))
    gif, progressive = (lambda: photographs.animated(3)), (lambda: photographs.jpeg(2))
    yield Attack("a GIF", "render", partial(photographs._photographed, "a.gif", gif, "a.gif"), READ)
    yield Attack(
        "a progressive JPEG", "render", partial(photographs._photographed, "a.jpg", progressive, "a.jpg"), READ
    )
    yield Attack("a run again", "batch", partial(outputs.spoiled, lambda lines: lines, False), READ, good=GOOD)
    script = "CREATE TABLE communities (code, name, period, opening); INSERT INTO communities VALUES ('1', '试验社区', '2025', '开头。');"
    yield Attack("a database", "batch", partial(databases._database, script), READ, good=GOOD)
    xls = workbooks.old_book(
        *(
            workbooks.label(row, column, text)
            for row, texts in enumerate((("code", "name", "period", "opening"), ("c1", "n1", "2025", "o1")))
            for column, text in enumerate(texts)
        )
    )
    yield from attack(("batch", "check"), "ordinary", "a.xls", xls, READ)
    yield from attack(
        ("batch",),
        "addresses left out",
        "a.xlsx",
        zipped(book({"communities": sheet(rows(HEADINGS, ROW, addresses=False))})),
        READ,
    )


def _says(text: str):  # type: ignore[no-untyped-def]
    def check(run: Run) -> str | None:
        return None if text in run.texts() or any(text in name for name in _names(run)) else f"does not say {text}"

    return check


def _names(run: Run) -> Iterator[str]:
    import zipfile

    for path in run.out.rglob("*.docx"):
        yield from zipfile.ZipFile(path).namelist()
