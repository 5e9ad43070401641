"""Cycles among links: the groups whose members all come back to each other, in time that grows with the links."""

from collections.abc import Iterator, Mapping, Sequence

Edges = Mapping[str, Sequence[str]]


def knots(edges: Edges) -> list[set[str]]:
    """The strongly connected groups that hold a cycle, by what can be reached from each node.

    Nodes from which no way leads on are taken away first: most programmes then have nothing left to search.
    """
    remaining = _peel(edges)
    search = _Search(remaining)
    for node in remaining:
        search.visit(node)
    return [
        group for group in search.found if len(group) > 1 or any(node in remaining[node] for node in group)
    ]


def _peel(edges: Edges) -> dict[str, list[str]]:
    """The edges without the nodes from which every way comes to an end."""
    open_ways = {node: sum(target in edges for target in targets) for node, targets in edges.items()}
    sources: dict[str, list[str]] = {}
    for node, targets in edges.items():
        for target in targets:
            sources.setdefault(target, []).append(node)
    ends = [node for node, count in open_ways.items() if not count]
    for node in ends:
        for source in sources.get(node, ()):
            open_ways[source] -= 1
            if not open_ways[source]:
                ends.append(source)
    gone = set(ends)
    return {
        node: [target for target in targets if target in edges and target not in gone]
        for node, targets in edges.items()
        if node not in gone
    }


class _Search:
    """Tarjan's search (1972) with a stack of its own, since a chain may be longer than Python recurses."""

    def __init__(self, edges: Edges) -> None:
        self.edges = edges
        self.found: list[set[str]] = []
        self._index: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._stack: list[str] = []
        self._on_stack: set[str] = set()

    def visit(self, root: str) -> None:
        """Find the groups that can be reached from a node, and were not found before."""
        if root in self._index:
            return
        work = [self._begin(root)]
        while work:
            node, targets = work[-1]
            fresh = self._next(node, targets)
            if fresh is not None:
                work.append(self._begin(fresh))
                continue
            work.pop()
            if work:
                above = work[-1][0]
                self._low[above] = min(self._low[above], self._low[node])
            if self._low[node] == self._index[node]:
                self.found.append(self._group(node))

    def _begin(self, node: str) -> tuple[str, Iterator[str]]:
        self._index[node] = self._low[node] = len(self._index)
        self._stack.append(node)
        self._on_stack.add(node)
        return node, iter(self.edges[node])

    def _next(self, node: str, targets: Iterator[str]) -> str | None:
        for target in targets:
            if target not in self._index:
                return target
            if target in self._on_stack:
                self._low[node] = min(self._low[node], self._index[target])
        return None

    def _group(self, node: str) -> set[str]:
        group: set[str] = set()
        while node not in group:
            member = self._stack.pop()
            self._on_stack.discard(member)
            group.add(member)
        return group
