"""Untrusted wording templates and catalogues: the resources that they may use, and the data that they may see."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tests.attacks.frame import Attack, Expected, Run
from tests.attacks.material import ESCAPES, lay, record

EITHER, REFUSED, READ = Expected.EITHER, Expected.REFUSED, Expected.READ
WHERE: Final = "t/zh_Hans/sections/training.jinja"
PO: Final = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n%s\n'

EXPENSIVE: Final = (
    # named by who tried them first
    "([range(99999)]*99999)|map('sum')|sum",
    "[1]|sum(start=[])",
    "[[1]]|sum(start=[])",
    "([[1]*999]*9999)|sum(start=[])",
    "range(99999)|reject('in', range(99999)|list)|list|length",
    "range(99999)|select('in', range(99999)|list)|list|length",
    "range(99999)|map('string')|reject('in', 'x'*900000)|list|length",
    "(([['x'*900]*1000]*1000) == ([['x'*900]*1000]*1000))",
    "[['x'*900]*1000]*90000|string",
    "([['x'*900]*1000]*90000)|string",
    "phrase('{}'*400000)",
    "'x'|phrase('{}'*400000)",
    "('x'*900000)|phrase('{}'*1000)",
    "(['x'*9000]*90000)|series",
    "(['x'*9000]*90000)|few",
    "(['x'*9000]*90000)|join_list",
    "(['x'*9000]*90000)|told|join('y'*9000)",
    "9**9**9",
    "(2*2*2*2*2*2*2*2*2*2)*(99999999999999999999999999999999)",
    # their siblings
    "range(99999)|map('string')|map('upper')|map('lower')|map('string')|join|length",
    "([range(99999)]*99999)|map('length')|sum",
    "([range(99999)]*99999)|map('list')|list|length",
    "([range(99999)]*99999)|map('max')|max",
    "([range(99999)]*99999)|map('last')|list|length",
    "([range(99999)|list]*9999)|map('sort')|list|length",
    "([range(99999)|list]*9999)|map('reverse')|map('list')|list|length",
    "([range(99999)|list]*9999)|map('unique')|map('list')|list|length",
    "([range(99999)|list]*9999)|map('string')|list|length",
    "([range(99999)]*99999)|sort|length",
    "([[range(9999)|list]*9999]*9999)|sort|length",
    "([range(99999)|list]*99999)|unique|list|length",
    "([range(99999)|list]*99999)|min",
    "(['x'*900000]*99999)|unique|list|length",
    "(['x'*900000]*99999)|map('upper')|join|length",
    "(['x'*900000]*99999)|map('trim')|map('length')|sum",
    "(['x'*900000]*99999)|map('int')|sum",
    "(['9'*4000]*99999)|map('int')|sum",
    "(['9'*4000]*99999)|map('float')|sum",
    "('9'*4300)|int * ('9'*4300)|int",
    "('9'*4000)|int % ('9'*3999)|int",
    "(('9'*4000)|int // 7)|string|length",
    "('9'*4000)|int - 1",
    "('9'*4000)|int|number",
    "('9'*4000)|int|money",
    "('9'*900)|float|percent",
    "1e308|round(300)",
    "1.5|round(-999999999)",
    "1.5|round(99999999999)",
    "range(10**18)|list",
    "range(999999999)|list|length",
    "range(10, -10, 0)|list",
    "dict(range(99999)|map('string')|map('list'))",
    "[{'a': range(99999)}]*99999|groupby('a')|list",
    "([{'a': 'x'*900000}]*99999)|groupby('a')|list|length",
    "([{'a': 'x'*900000}]*99999)|map(attribute='a')|join|length",
    "([{'a': 1}]*99999)|selectattr('a', 'in', range(99999)|list)|list|length",
    "([{'a': 1}]*99999)|rejectattr('a', 'in', ([2]*99999))|list|length",
    "([dict(a=1)]*99999)|map('dictsort')|map('list')|list|length",
    "('x'*900000) in ('x'*900000 ~ 'y')",
    "('ab'*400000) in ('ba'*400000)",
    "range(99999)|list == range(99999)|list",
    "([[[[[[[[1]*99]*99]*99]*99]*99]*99]*99] == [[[[[[[1]*99]*99]*99]*99]*99]*99]*99])",
    "([1]*99999) < ([1]*99999)",
    "([[1]*9999]*9999) <= ([[1]*9999]*9999)",
    "([[1]*9999]*9999) in [([[1]*9999]*9999)]",
    "('x'*900000)|list|length",
    "('x'*900000)|reverse|list|length",
    "(('x'*900000)|list*1)|sort|join|length",
    "('\u0130'*900000)|lower|upper|lower|length",
    "('x'*900000)|capital|sentence|quote|stop|clause|length",
    "(['x'*900]*9999)|sentence|length",
    "('x'*900000) ~ ('x'*900000)",
    "(('x'*900000)[::-1]) ~ 'x'",
    "('x ' * 400000)|trim|length",
    "(' ' * 900000 ~ 'x')|trim|length",
    "('1 ' * 400000)|int",
    "(('x'*900)|phrase('{}{}'))|phrase('{}{}')",
    "section.sessions|map(attribute='topic')|join('x'*900000)",
    "kind_label('x'*900000)",
    "field_label('x'*900000)",
    "figure_label('x'*900000)",
    "'{:>999999999}'|phrase('{:>999999999}')",
    "1|phrase('{:>999999999}')",
    "1|phrase('{0:{0}}')",
    "1|counted('{}'*400000)",
    "'%999999999d' % 1",
    "'x'*-1*99999999999",
    "[1]*99999*99999*99999",
    "([1]*99999 + [1]*99999)|length",
    "((1,)*99999)*99999",
    "not ([range(99999)]*99999)|sum(start=range(1))",
    "loop",
    "section.sessions|tojson",
    "section|pprint",
    "section|xmlattr",
    "'x'|center(999999999)",
    "'x'|indent(999999999)",
    "'x'|wordwrap(1)",
    "[1]|batch(999999999, 0)|list",
    "[1]|slice(999999999)|list",
)
"""What costs much: each is printed in a paragraph."""

TAGS: Final = (
    "{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}",
    "{% for x in range(99999) recursive %}{{ loop(range(99999)) }}{% endfor %}",
    "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{% paragraph %}{{ m(1) }}{% endparagraph %}",
    "{% macro m() %}{% for x in range(9999) %}{{ 'x'*9999 }}{% endfor %}{% endmacro %}{% set a = m() %}{% paragraph %}{{ a }}{% endparagraph %}",
    "{% for x in range(99999) %}{% paragraph %}{{ 'x'*900 }}{% endparagraph %}{% endfor %}",
    "{% for x in range(90000) %}{% heading %}x{% endheading %}{% endfor %}",
    "{% for x in range(90000) %}{% item %}x{% enditem %}{% endfor %}",
    "{% paragraphs ['x'*9000]*90000 %}",
    "{% paragraphs [range(99999)]*99999 %}",
    "{% points ['x'*9000]*90000 %}",
    "{% paragraphs range(99999999) %}",
    "{% table ([{'topic': 'x'*9000}]*90000), columns=['topic'] %}",
    "{% table ([{'topic': 'x'}]*90000), columns=['topic']*9000 %}",
    "{% table section.sessions, columns=['topic'], caption='x'*900000 %}",
    "{% table range(99999), columns=range(99999) %}",
    "{% for x in range(9999) %}{% table section.sessions, columns=['topic'] %}{% endfor %}",
    "{% chart ([{'month': 1, 'times': 2}]*90000), columns=['month', 'times'] %}",
    "{% chart section.sessions, columns=['topic']*9999, kind='pie' %}",
    "{% set a = [range(99999)] * 99999 %}{% for x in a %}{% set b = x|list|string %}{% endfor %}",
    "".join(f"{{% set a{n} = {n} %}}" for n in range(100_000)),
    "{% set x = 'x' %}" + "{% set x = x ~ x %}" * 60 + "{% paragraph %}{{ x }}{% endparagraph %}",
    "{% set x = [1] %}" + "{% set x = [x, x, x, x, x, x, x, x] %}" * 40 + "{% paragraph %}{{ x }}{% endparagraph %}",
    "{% set x = [1] %}" + "{% set x = [x, x] %}" * 40 + "{% paragraph %}{{ x == x|list }}{% endparagraph %}",
    "{% paragraph %}" + "{{ 1 }}" * 200_000 + "{% endparagraph %}",
    "{% if " + "not " * 50_000 + "true %}{% endif %}",
    "{% paragraph %}{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}{% endparagraph %}",
    "{% paragraph %}{{ " + "[" * 500 + "]" * 500 + " }}{% endparagraph %}",
    "{% paragraph %}{{ " + "1 + " * 20_000 + "1 }}{% endparagraph %}",
    "{% paragraph %}{{ " + "'x' ~ " * 20_000 + "1 }}{% endparagraph %}",
    "{% paragraph %}{{ x" + ".a" * 20_000 + " }}{% endparagraph %}",
    "{% paragraph %}{{ 'x'" + "|upper" * 20_000 + " }}{% endparagraph %}",
    "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000,
    "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "{% block a %}" * 300 + "{% endblock %}" * 300,
    "{% heading %}" * 500 + "x" + "{% endheading %}" * 500,
    "{% paragraph %}{{ '" + "x" * 5_000_000 + "' }}{% endparagraph %}",
    "{# " + "x" * 9_000_000 + " #}",
    "{% raw %}" * 9_000,
    "{% call m() %}{% endcall %}",
    "{% filter upper %}{{ 'x'*900000 }}{% endfilter %}",
    "{% with a = range(99999)|list|string %}{% paragraph %}{{ a }}{% endparagraph %}{% endwith %}",
    "{% do [].append(1) %}",
    "{% break %}",
    "{% trans %}x{% endtrans %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% debug %}",
    "{% extends 'default' %}{% block overview %}{{ super()*999999 }}{% endblock %}",
    "{% extends 'default' %}" * 99,
    "{% set ns = namespace(a=1) %}",
    "{% paragraph %}{{ self.overview() }}{% endparagraph %}",
    "{% block overview %}{{ self.overview() }}{% endblock %}",
)
"""What costs much: whole templates."""

ESCAPES_OUT: Final = (
    "''.__class__", "''.__class__.__mro__[1].__subclasses__()", "section.__class__", "section.__init__.__globals__",
    "().__class__.__base__", "''|attr('__class__')", "''['__class__']", "'{0.__class__}'|phrase(1)",
    "1|phrase('{0.__class__}')", "1|phrase('{.real}')", "section|phrase('{[kind]}')", "'{}'.format(1)", "''.join", "self.__init__",
    "self._TemplateReference__context", "kind_label.__globals__", "kind_label.__self__", "range.__class__",
    "dict.fromkeys(range(9))", "lipsum.__globals__", "cycler.__init__", "joiner", "namespace", "config", "request",
    "[].append(1)", "[].__class__", "{}.items()", "{}.__class__", "section.sessions[0].keys()",
    "section.sessions|map(attribute='__class__')|list", "[1]|map('attr', '__class__')|list",
    "[section]|map(attribute='__init__.__globals__')|list", "[1]|groupby('__class__')|list",
    "[1]|sort(attribute='__class__')|list", "[1]|sum(attribute='__class__')", "(1).__add__(1)",
    "(1).real.denominator.__class__", "range(1).__iter__()", "section.held.__class__", "section.held.model_dump()",
    "loop.__class__", "caller()", "varargs", "kwargs", "environment", "''.encode", "''.upper()", "x is callable",
    "''.__doc__", "''.__format__('>99999999')", "1.0.as_integer_ratio()", "section.get('kind')", "section.pop('kind')",
)  # fmt: skip

LOOKS: Final = (
    "{% include '/etc/passwd' %}", "{% import 'os' as o %}", "{% from 'os' import system %}", "{% extends '/etc/passwd' %}",
    "{% extends '../../home/canary.txt' %}", "{% include 'title.jinja' %}", "{% extends 'sections/training.jinja' %}",
    "{% extends ['default']*99999 %}", "{% extends 'default' ~ '/../x' %}", "{% extends none %}", "{% include ['a', 'b'] ignore missing %}",
)  # fmt: skip


def laid(template: str, folder: Path) -> Sequence[str]:
    """Lay a template of the section kind ``training`` and a record of it, and return how it is rendered."""
    lay(folder, WHERE, template)
    return rendered(folder)


def rendered(folder: Path) -> Sequence[str]:
    """Lay a record, and return how it is rendered with the templates of the folder ``t``."""
    sections = [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}, {"topic": "识谣"}]}]
    lay(folder, "a.json", json.dumps(record(sections=sections), ensure_ascii=False))
    return ["render", "a.json", "-o", "out", "-f", "txt", "--templates", "t"]


def batched(template: str, folder: Path) -> Sequence[str]:
    """Do as :func:`laid`, in a batch with a record that has no such section."""
    laid(template, folder)
    good = json.dumps(record("好社区", "好记录一"), ensure_ascii=False)
    lay(folder, "good.json", good)
    return ["batch", "a.json", "good.json", "-o", "out", "-f", "txt", "-q", "-j", "1", "--templates", "t"]


def composed(template: str, folder: Path) -> Sequence[str]:
    """Do as :func:`laid`, through the library."""
    laid(template, folder)
    return ["library", "compose", "a.json", "t"]


def attacks() -> Iterator[Attack]:
    """Yield all attacks of templates."""
    for at, expression in enumerate(EXPENSIVE):
        text = f"{{% paragraph %}}{{{{ {expression} }}}}{{% endparagraph %}}"
        yield Attack(f"{{{{ {expression[:70]} }}}}", "render --templates", partial(laid, text))
        if at < 6:
            yield Attack(f"{{{{ {expression[:70]} }}}}", "compose()", partial(composed, text))
            yield Attack(
                f"{{{{ {expression[:70]} }}}}", "batch --templates", partial(batched, text), good=("好记录一",)
            )
    for at, text in enumerate(TAGS):
        yield Attack(f"{at}: {text[:70]}", "render --templates", partial(laid, text))
    for expression in ESCAPES_OUT:
        text = f"{{% paragraph %}}出{{{{ {expression} }}}}{{% endparagraph %}}"
        yield Attack(f"{{{{ {expression} }}}}", "render --templates", partial(laid, text), checks=(_sees_nothing,))
    for text in LOOKS:
        yield Attack(text, "render --templates", partial(laid, text), REFUSED, checks=(_sees_nothing,))
    yield from _folders()
    yield from _catalogues()
    for told, text in ESCAPES.items():
        yield Attack(
            f"a template with {told}",
            "render --templates",
            partial(laid, f"{text}{{% paragraph %}}{{{{ nothing }}}}{text}"),
        )
        yield Attack(
            f"a block named with {told}",
            "templates list",
            partial(_listed, f"{{% block a %}}{text}{{% endblock %}}{{% block {text} %}}"),
        )


def _sees_nothing(run: Run) -> str | None:
    texts = run.texts() + run.stderr.decode("utf-8", "replace")
    for mark in ("<class", "object at 0x", "root:x:", "<function", "<bound method", "built-in method"):
        if mark in texts:
            return f"shows {mark!r}"
    return None


def _listed(template: str, folder: Path) -> Sequence[str]:
    laid(template, folder)
    return ["templates", "list", "--templates", "t"]


def _folders() -> Iterator[Attack]:
    """Folders of templates that hold what is no template."""

    def fifo(folder: Path) -> None:
        (folder / "t/zh_Hans/sections").mkdir(parents=True)
        os.mkfifo(folder / WHERE)

    def directory(folder: Path) -> None:
        (folder / WHERE).mkdir(parents=True)

    def link(target: str, folder: Path) -> None:
        (folder / "t/zh_Hans/sections").mkdir(parents=True)
        (folder / WHERE).symlink_to(target)

    def beside(target: str, folder: Path) -> None:
        lay(folder, WHERE, "{% paragraph %}甲{% endparagraph %}")
        (folder / "t/zh_Hans/more").symlink_to(target)
        (folder / "t/up").symlink_to(target)
        if target == "fifo":
            os.mkfifo(folder / "t/zh_Hans/fifo")

    made: list[tuple[str, Callable[[Path], object], Expected]] = [
        ("a pipe", fifo, REFUSED),
        ("a folder", directory, EITHER),
        ("an empty file", lambda folder: lay(folder, WHERE, ""), EITHER),
        ("noise", lambda folder: lay(folder, WHERE, os.urandom(9_000)), REFUSED),
        ("UTF-16", lambda folder: lay(folder, WHERE, "甲".encode("utf-16")), REFUSED),
        ("60 MB", lambda folder: lay(folder, WHERE, "{# x #}" * 9_000_000), REFUSED),
        ("zeros", lambda folder: lay(folder, WHERE, "\0" * 9_000), REFUSED),
        ("the folder a file", lambda folder: lay(folder, "t", "x"), REFUSED),
        ("the folder a link to itself", lambda folder: (folder / "t").symlink_to("t"), REFUSED),
        ("the folder a pipe", lambda folder: os.mkfifo(folder / "t"), REFUSED),
        ("the folder /dev/zero", lambda folder: (folder / "t").symlink_to("/dev/zero"), REFUSED),
        ("no folder", lambda folder: None, REFUSED),
    ]
    for target in (
        "/",
        ".",
        "/dev/zero",
        "/dev/stdin",
        "none",
        "/etc/passwd",
        "../../../../home/canary.txt",
        "training.jinja",
    ):
        made.append((f"a link to {target}", partial(link, target), EITHER))
    for target in ("/", ".", "/dev/zero", "none", "..", "fifo", "/proc/self/root"):
        made.append((f"beside it a link to {target}", partial(beside, target), EITHER))
    for told, make, expected in made:
        yield Attack(told, "render --templates", partial(_folder, make, False), expected, checks=(_sees_nothing,))
        yield Attack(told, "batch --templates", partial(_folder, make, True), expected, checks=(_sees_nothing,))


def _folder(make: Callable[[Path], object], batch: bool, folder: Path) -> Sequence[str]:
    make(folder)
    command = rendered(folder)
    return ["batch", "a.json", "-o", "out", "-f", "txt", "-q", "-j", "1", "--templates", "t"] if batch else command


def _catalogues() -> Iterator[Attack]:
    """Catalogues: their texts are patterns, and their heads hold a formula."""
    patterns = (
        "{0.__class__}", "{count.__class__.__mro__}", "{count:>999999999}", "{count:{count}}", "{count!r}", "{count[0]}", "{names.__init__}",
        "{", "}", "{}", "{nothing}", "{count}" * 100_000, "%(count)s", "{count:%Y}", "{:,}", "{count:.99999999f}", "{count:0>9999999}",
        "\x1b[2J", "甲" * 900_000, "", "{0}{1}{2}{3}", "{count:d}", "{self}", "{count:>{width}}", "{year.real}", "{month:#x}", "{value:e}",
    )  # fmt: skip
    for pattern in patterns:

        def make(folder: Path, pattern: str = pattern) -> Sequence[str]:
            import re

            source = (Path(__file__).parents[2] / "templates/kepu_templates/zh_Hans/messages.po").read_text("utf-8")
            spoiled = json.dumps(pattern, ensure_ascii=False)
            lay(
                folder,
                "t/zh_Hans/messages.po",
                re.sub(r'(?m)^(msgstr(?:\[\d\])? )"[^"\n]+"$', lambda found: found[1] + spoiled, source),
            )
            return rendered(folder)

        yield Attack(f"every text is {pattern[:40]!r}", "messages.po", make, checks=(_sees_nothing,))
    heads = (
        "nplurals=1000000000; plural=0;", "nplurals=-1; plural=0;", "nplurals=2; plural=n**n**n;", "nplurals=2; plural=n*n*n*n*n;",
        "nplurals=2; plural=" + "(" * 5_000 + "n" + ")" * 5_000 + ";", "nplurals=2; plural=" + "n?" * 2_000 + "0" + ":1" * 2_000 + ";",
        "nplurals=2; plural=n/0;", "nplurals=2; plural=n%0;", "nplurals=2; plural=99999999999999999999;", "nplurals=2; plural=-1;",
        "nplurals=x; plural=y;", "nplurals=2; plural=__import__('os').system('touch ../home/evil');", "nplurals=2; plural=" + "n+" * 100_000 + "n;",
        "nplurals=2", "", "nplurals=1; plural=n<<99999999;",
    )  # fmt: skip
    for head in heads:
        text = 'msgctxt "unit"\nmsgid "session"\nmsgid_plural "sessions"\nmsgstr[0] "场"\nmsgstr[1] "场们"\n'
        yield Attack(
            f"Plural-Forms: {head[:40]}", "messages.po", partial(_po, PO % f'"Plural-Forms: {head}\\n"' + text)
        )
    for told, data in (
        ("an index of 10^9", PO % "" + 'msgctxt "unit"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[1000000000] "x"\n'),
        ("an index of -1", PO % "" + 'msgctxt "unit"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[-1] "x"\n'),
        ("300,000 entries", PO % "" + "".join(f'msgid "m{n}"\nmsgstr "x"\n' for n in range(300_000))),
        ("a text in 300,000 lines", PO % "" + 'msgid "a"\nmsgstr ""\n' + '"x"\n' * 300_000),
        ("noise", os.urandom(9_000)),
        ("zeros", b"\0" * 9_000),
        ("an unknown character set", (PO % "").replace("utf-8", "none-such")),
        ("UTF-7", (PO % "").replace("utf-8", "utf-7")),
        ("a file cut off", 'msgid "a'),
        ("30 MB of comments", "# x\n" * 8_000_000),
        ("a date that is none", PO % '"POT-Creation-Date: 9999-99-99 99:99+9999\\n"'),
        ("a locale that leaves the folder", PO % '"Language: ../../etc\\n"'),
    ):  # fmt: skip
        yield Attack(told, "messages.po", partial(_po, data))
    for name in ("messages.po", "interface.po", "keys.po"):
        yield Attack(f"{name} a pipe", "messages.po", partial(_odd_po, name, ""))
        for target in ("/dev/zero", "/", "none", "../../../home/canary.txt"):
            yield Attack(f"{name} a link to {target}", "messages.po", partial(_odd_po, name, target))


def _po(data: bytes | str, folder: Path) -> Sequence[str]:
    lay(folder, "t/zh_Hans/messages.po", data)
    return rendered(folder)


def _odd_po(name: str, target: str, folder: Path) -> Sequence[str]:
    path = folder / "t/zh_Hans" / name
    path.parent.mkdir(parents=True)
    if target:
        path.symlink_to(target)
    else:
        os.mkfifo(path)
    return rendered(folder)
