"""The Python code that wording templates are compiled to.

What a template names and calls goes through the sandbox. The calls that we put into it ourselves need no guard, and the
body of a block tag no function of its own: both would cost more than what they do.
"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class WordingCode(CodeGenerator):
    """Writes the code of a template."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; of an imported name, which no template can hold, the call alone."""
        if not isinstance(node.node, nodes.ImportedName):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for place, argument in enumerate(node.args):
            self.write(", " if place else "")
            self.visit(argument, frame)
        self.write(")")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        """Write a block tag: its body is put together, and its method called with it.

        The method gets the context, the body's text where the tag has no values, its values and its options.
        """
        call = node.call
        if not isinstance(call.node, nodes.ExtensionAttribute):
            super().visit_CallBlock(node, frame)
            return
        if not call.args:
            # As in {% set name %}…{% endset %}: what the body sets is known in it alone.
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
