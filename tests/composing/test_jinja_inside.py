"""The internals of Jinja2 that are overridden are the same as in the versions for which the overrides were written.

A release with other internals fails here before a template does: check ``composing/code.py`` and
``composing/environment.py``, then add its version.
"""

import inspect
from importlib.metadata import version

import pytest
from jinja2 import Environment
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from kepu_docs.composing.code import TrustedCode, WordingCode

VERSIONS = {"3.1"}
INSIDE = {
    Environment._generate: "(self, source, name, filename, defer_init=False)",
    CodeGenerator.visit_Call: "(self, node, frame, forward_caller=False)",
    CodeGenerator.visit_CallBlock: "(self, node, frame)",
    CodeGenerator.visit_Getattr: "(self, node, frame)",
    CodeGenerator.visit_Concat: "(self, node, frame)",
    CodeGenerator.visit_Filter: "(self, node, frame)",
    CodeGenerator.macro_def: "(self, macro_ref, frame)",
    CodeGenerator._output_child_pre: "(self, node, frame, finalize)",
    CodeGenerator._output_child_post: "(self, node, frame, finalize)",
    CodeGenerator.enter_frame: "(self, frame)",
    CodeGenerator.leave_frame: "(self, frame, with_python_scope=False)",
    CodeGenerator.buffer: "(self, frame)",
    CodeGenerator.blockvisit: "(self, nodes, frame)",
    CodeGenerator.signature: "(self, node, frame, extra_kwargs=None)",
    Context.__init__: "(self, environment, parent, name, blocks, globals=None)",
    Context.resolve_or_missing: "(self, key)",
    Environment.handle_exception: "(self, source=None)",
    SandboxedEnvironment.call: (
        "(_SandboxedEnvironment__self, _SandboxedEnvironment__context, _SandboxedEnvironment__obj, *args, **kwargs)"
    ),
    SandboxedEnvironment.call_binop: "(self, context, operator, left, right)",
}


def test_the_version_is_known() -> None:
    assert version("jinja2").rpartition(".")[0] in VERSIONS


@pytest.mark.parametrize(("function", "signature"), INSIDE.items(), ids=lambda each: getattr(each, "__qualname__", ""))
def test_what_is_used_is_as_it_was(function: object, signature: str) -> None:
    assert callable(function)
    found = inspect.signature(function)
    bare = found.replace(
        parameters=[each.replace(annotation=inspect.Parameter.empty) for each in found.parameters.values()],
        return_annotation=inspect.Signature.empty,
    )
    assert str(bare) == signature


def test_nothing_else_is_overridden() -> None:
    own = {name for name in vars(WordingCode) if not name.startswith("__")}
    assert own == {"visit_Call", "visit_CallBlock", "visit_Getattr"}
    own = {name for name in vars(TrustedCode) if not name.startswith("__")}
    assert own == {
        "macro_def",
        "visit_Call",
        "visit_Concat",
        "visit_Filter",
        "_phrase",
        "_output_child_pre",
        "_output_child_post",
    }


def test_a_macro_has_its_function_and_the_names_of_its_values() -> None:
    environment = Environment()  # noqa: S701  (it makes no page)
    made = environment.from_string("{% macro told(name, end='.') %}{{ name }}{{ end }}{% endmacro %}").module
    told = vars(made)["told"]
    assert told._func("A", missing) == "A."
    assert told.arguments == ("name", "end")
