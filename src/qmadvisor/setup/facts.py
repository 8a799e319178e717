"""Walk through the facts of a file: nested by the dots of their paths, or as dotted keys."""

from __future__ import annotations

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import excerpt, listing
from qmadvisor.setup.answers import is_unknown
from qmadvisor.setup.derive import contradiction
from qmadvisor.setup.draft import Draft
from qmadvisor.setup.notation import read_value
from qmadvisor.setup.suggestions import remedy_for


def read_facts(root: documents.Mapping, draft: Draft, header: frozenset[str]) -> None:
    """Read every fact below `root` into the draft; the keys of `header` are read elsewhere."""
    walker = _Walker(draft, header)
    walker.walk(root, "")
    walker.compare()
    draft.check_references()


class _Walker:
    """Remembers which facts were read, and where."""

    def __init__(self, draft: Draft, header: frozenset[str]) -> None:
        self.draft = draft
        self.problems = draft.problems
        self.header = header
        self.children = draft.catalogue.groups
        self.first: dict[str, Node] = {}

    def walk(self, group: documents.Mapping, prefix: str) -> None:
        for key, node in group.items.items():
            if self.problems.full:
                return
            if prefix or key not in self.header:
                self.entry(f"{prefix}{key}", node, group, prefix)

    def entry(self, path: str, node: Node, group: documents.Mapping, prefix: str) -> None:
        catalogue = self.draft.catalogue
        name = catalogue.renamed.get(path, path)
        if name in catalogue.facts:
            self.fact(name, path, node)
        elif path not in self.children:
            self.refuse_unknown(path, group, prefix)
        elif isinstance(node, documents.Mapping):
            self.walk(node, f"{path}.")
        elif not is_unknown(node):
            first = self.children[path][0]
            self.problems.add(
                "group",
                f"„{path}“ fasst mehrere Angaben zusammen.",
                node,
                path,
                remedy=f"Rücken Sie die Angaben darunter ein, zum Beispiel „{first}: …“.",
            )

    def fact(self, name: str, path: str, node: Node) -> None:
        fact = self.draft.catalogue.facts[name]
        if not fact.is_input:
            self.problems.add(
                "computed_fact",
                f"„{fact.words.label}“ wird berechnet und lässt sich nicht angeben.",
                node,
                path,
                remedy="Lassen Sie diese Angabe weg.",
            )
        elif name in self.first:
            self.refuse_second(name, path, node)
        else:
            self.first[name] = node
            self.draft.values[name] = read_value(fact, node, name, self.draft)

    def compare(self) -> None:
        """Refuse facts that contradict each other, at the one that was stated last."""
        for derivation in self.draft.catalogue.derivations:
            stated = [path for path in derivation.reads if path in self.first]
            if (
                not derivation.may_contradict
                or not stated
                or not self.draft.values.keys() >= {*derivation.reads}
            ):
                continue
            if derivation.computed(self.draft.values) is None:
                path = max(stated, key=lambda one: self.first[one].line)
                self.problems.take(contradiction(derivation), self.first[path], path)

    def refuse_second(self, name: str, path: str, node: Node) -> None:
        line = self.first[name].line
        where = f", zuerst in Zeile {line}" if line else ""
        self.problems.add(
            "duplicate_fact",
            f"„{name}“ ist zweimal angegeben{where}.",
            node,
            path,
            remedy="Lassen Sie eine der beiden Angaben weg.",
        )

    def refuse_unknown(self, path: str, group: documents.Mapping, prefix: str) -> None:
        word = path.removeprefix(prefix)
        below = self.children.get(prefix.rstrip("."), [])
        known = below if prefix else [*sorted(self.header), *below]
        # The place is that of the key: its value may begin on another line.
        self.problems.add(
            "unknown_key",
            "Diese Angabe gibt es nicht.",
            group.keys.get(word, group),
            path,
            found=excerpt(word),
            allowed=listing(known) or None,
            remedy=remedy_for(word, self.draft.catalogue, known),
        )
