"""The Python code that wording templates are compiled to.

Names and calls in a template go through the sandbox. The calls that kepu-docs inserts need no guard, nor does an entry
of a mapping, and the body of a block tag needs no function of its own: these guards would cost more than the work
itself.
"""

from typing import Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

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
