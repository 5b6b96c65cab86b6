"""The Python code that wording templates are compiled to.

Names and calls in a template go through the sandbox. The calls that kepu-docs inserts need no guard, nor does an entry
of a mapping, and the body of a block tag needs no function of its own: these guards would cost more than the work
itself. Installed wording is trusted, and its code counts nothing.
"""

from keyword import iskeyword
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef

WRITES: Final = frozenset(
    ("by", "count", "counted", "date", "few", "join", "join_list", "money", "number", "percent", "period", "phrase",
     "sentence", "series", "trim", "when")
)  # fmt: skip
"""The filters of installed wording that always return a text, which is shown as it is."""
METHODS: Final = frozenset(dir(dict))
"""Names that a template cannot look up in a mapping as facts."""


class WordingCode(CodeGenerator):
    """Generates the code of a template."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; a call of an imported name, which no template can contain, is written without guard."""
        if not isinstance(node.node, nodes.ImportedName):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for place, argument in enumerate(node.args):
            self.write(", " if place else "")
            self.visit(argument, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write a look-up in a mapping, which most facts are; everything else, and methods, go through the sandbox."""
        if node.attr in METHODS:
            super().visit_Getattr(node, frame)
            return
        self.write(f"(holder[{node.attr!r}] if type(holder := ")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in holder else environment.getattr(holder, {node.attr!r}))")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        """Write a block tag: its body is joined, and its method is called with it.

        The method gets the context, the body's text if the tag has no values, its values and its options.
        """
        call = node.call
        if not isinstance(call.node, nodes.ExtensionAttribute):
            super().visit_CallBlock(node, frame)
            return
        if not call.args:
            # As in {% set name %}…{% endset %}: names that the body sets are known only in it.
            body = frame.inner()
            body.require_output_check = False
            body.symbols.analyze_node(node)
            self.enter_frame(body)
            self.buffer(body)
            self.blockvisit(node.body, body)
            self.leave_frame(body)
        self.newline(node)
        self.visit(call.node, frame)
        self.write("(context")
        if not call.args:
            self.write(f", concat({body.buffer})")
        self.signature(call, frame)
        self.write(")")


class TrustedCode(WordingCode):
    """Generates the code of an installed template, which is trusted as its plugin is: nothing in it is counted."""

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro, with its function if that does the same for values by position."""
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        self.write("environment.with_direct(")
        super().macro_def(macro_ref, frame)
        self.write(f", {None if special else 'macro'})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; a macro of the template is called directly, anything else through the sandbox."""
        special = (
            node.dyn_args is not None or node.dyn_kwargs is not None or any(iskeyword(each.key) for each in node.kwargs)
        )
        if isinstance(node.node, nodes.ImportedName) or forward_caller or special:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        # A macro itself says what is wrong with too many values.
        fits = f" and len(holder.arguments) >= {len(node.args)}"
        self.write("(holder if type(holder := " if node.kwargs else "(holder.direct if type(holder := ")
        self.visit(node.node, frame)
        self.write(f") is Macro{'' if node.kwargs else fits} else environment.bound(context, holder))(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write ``~`` as one text with places, which Python makes in one step."""
        fixed = [part.value if isinstance(part, nodes.Const) else None for part in node.nodes]
        self.write("(")
        self.write(repr("".join(["%s" if text is None else str(text).replace("%", "%%") for text in fixed])))
        self.write(" % (")
        for part, text in zip(node.nodes, fixed, strict=True):
            if text is None:
                self.visit(part, frame)
                self.write(", ")
        self.write("))")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Write a filter; a phrase is not called for a value that is missing, nor for a text in a fixed pattern."""
        match node:
            case nodes.Filter(node=nodes.Expr() as value, name="phrase", args=[pattern], kwargs=[], dyn_args=None):
                self._phrase(value, pattern, frame)
            case _:
                super().visit_Filter(node, frame)

    def _phrase(self, value: nodes.Expr, pattern: nodes.Expr, frame: Frame) -> None:
        fixed = pattern.value if isinstance(pattern, nodes.Const) else ""
        before, place, after = fixed.partition("{}") if isinstance(fixed, str) else ("", "", "")
        self.write("('' if (holder := ")
        self.visit(value, frame)
        self.write(") is None else ")
        if place and "{}" not in after:
            self.write(f"({before!r} + holder + {after!r} if holder else '') if type(holder) is str else ")
        self.write(f"{self.filters['phrase']}(holder, ")
        self.visit(pattern, frame)
        self.write("))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Begin what shows a value: a text needs nothing more."""
        self.write("(" if _is_text(node) else "(holder if type(holder := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """End it."""
        self.write(")" if _is_text(node) else ") is str else environment.finalize(holder))")


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Concat) or (isinstance(node, nodes.Filter) and node.name in WRITES)
