"""What is wrong with the templates, found without rendering them.

Jinja2 finds a wrong name only when the line is reached. This reads every template as a tree and
follows what it names: other templates, macros, views and static files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

TEMPLATE_ENDINGS = (".html", ".txt", ".svg", ".xml")
Naming = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport


@dataclass(frozen=True)
class Complaint:
    """One thing wrong, where, and in plain words."""

    template: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"templates/{self.template}:{self.line}: {self.text}"


def complaints(
    environment: Environment,
    names: list[str],
    *,
    view_exists: Callable[[str], bool],
    file_exists: Callable[[str], bool],
) -> Iterator[Complaint]:
    """Everything wrong with the named templates, in their order."""
    known: dict[str, Callable[[str], bool]] = {"url": view_exists, "static": file_exists}
    for name in names:
        try:
            tree = _tree(environment, name)
            environment.compile(tree, name)
        except TemplateSyntaxError as error:
            yield Complaint(name, error.lineno, str(error.message))
            continue
        yield from _unresolved(environment, name, tree)
        yield from _unknown_names(name, tree, known)


def _tree(environment: Environment, name: str) -> nodes.Template:
    if environment.loader is None:
        raise TemplateNotFound(name)
    source, _, _ = environment.loader.get_source(environment, name)
    return environment.parse(source, name)


def _unresolved(environment: Environment, name: str, tree: nodes.Template) -> Iterator[Complaint]:
    """Templates that are not there, and macros that the template named does not have."""
    for node in _naming(tree):
        for other in _literals(node.template):
            try:
                offered = _offered(_tree(environment, other))
            except TemplateNotFound:
                yield Complaint(name, node.lineno, f"there is no template {other!r}")
                continue
            except TemplateSyntaxError:
                continue
            for wanted in _wanted(node):
                if wanted not in offered:
                    yield Complaint(name, node.lineno, f"{other!r} has no macro {wanted!r}")


def _naming(tree: nodes.Template) -> Iterator[Naming]:
    """The statements that name another template, in the order of their kinds."""
    yield from tree.find_all(nodes.Extends)
    yield from tree.find_all(nodes.Include)
    yield from tree.find_all(nodes.Import)
    yield from tree.find_all(nodes.FromImport)


def _literals(node: nodes.Expr) -> list[str]:
    """The template names written out in an expression; a name worked out is left alone."""
    return [
        const.value
        for const in ([node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const))
        if isinstance(const.value, str) and const.value.endswith(TEMPLATE_ENDINGS)
    ]


def _wanted(node: Naming) -> list[str]:
    if not isinstance(node, nodes.FromImport):
        return []
    return [name if isinstance(name, str) else name[0] for name in node.names]


def _offered(tree: nodes.Template) -> set[str]:
    """The names that another template can import from this one."""
    names = {macro.name for macro in tree.find_all(nodes.Macro)}
    targets = [assign.target for assign in tree.find_all(nodes.Assign)]
    targets += [assign.target for assign in tree.find_all(nodes.AssignBlock)]
    for target in targets:
        names |= {name.name for name in target.find_all(nodes.Name)}
        if isinstance(target, nodes.Name):
            names.add(target.name)
    return names


def _unknown_names(
    name: str, tree: nodes.Template, known: dict[str, Callable[[str], bool]]
) -> Iterator[Complaint]:
    """Calls such as `url('nowhere')` whose first word names nothing."""
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in known:
            continue
        if call.args and isinstance(call.args[0], nodes.Const):
            word = str(call.args[0].value)
            if not known[call.node.name](word):
                yield Complaint(name, call.lineno, f"{call.node.name}({word!r}) names nothing")
