"""Putting made pages into a tree, and taking out what stands no more, a portion at a time."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from gongkai.adapters.sitefiles.places import File, file_of
from gongkai.adapters.sitefiles.tree import Tree
from gongkai.disclosure.queries import DocumentPage, FileShown, folder_of
from gongkai.files.models import StoredFile
from gongkai.files.queries import content
from gongkai.portal.publishing import portions
from gongkai.portal.publishing.view import Made, View, hosts

SURPLUS = "surplus:"
_BATCH = 200  # pages of lists written, and flushed, together


def write_portion(view: View, tree: Tree, *gathered: str) -> list[str]:
    """Make the pages of portions and let the tree hold them; return the places that changed."""
    changed: list[str] = []
    lists: list[str] = []
    for portion in gathered:
        key, _, which = portion.partition(":")
        if portion == SURPLUS:
            changed += take_off_surplus(view, tree)
        elif key in ("documents", "records"):
            made = portions.documents_in(view, which, records=key == "records")
            changed += write_documents(view, tree, made)
        else:
            lists.append(portion)
    addresses = (each for portion in lists for each in portions.addresses(view, portion))
    return changed + write_pages(view, tree, addresses)


def write_pages(view: View, tree: Tree, addresses: Iterable[str]) -> list[str]:
    """Make pages and let the tree hold them; one that stands nowhere is taken out of it."""
    changed: list[str] = []
    waiting: list[File] = []
    for address in addresses:
        made = view.make(address)
        if made.body is None:
            changed += _take_off(view, tree, address)
            continue
        waiting.append(view.file(made))
        if len(waiting) >= _BATCH:
            changed += tree.write(waiting)
            waiting = []
    return changed + tree.write(waiting)


def _take_off(view: View, tree: Tree, address: str) -> list[str]:
    place = view.place(address)
    return tree.take_off([place], {}) if place and not tree.fresh else []


def write_documents(view: View, tree: Tree, made: Iterable[tuple[DocumentPage, Made]]) -> list[str]:
    """Let the tree hold documents with their attachments, and the notices of withdrawn ones."""
    changed: list[str] = []

    def files() -> Iterator[File]:
        for page, one in made:
            if not page.live:
                changed.extend(withdraw(view, tree, one))
                continue
            yield from attachments(view, tree, page)
            if not tree.fresh:
                changed.extend(_let_go(view, tree, page))
            yield view.file(one)

    written = tree.write(files())
    return changed + written


def withdraw(view: View, tree: Tree, made: Made) -> list[str]:
    """Take a document with all that stands in its folder out of a tree; its notice stays."""
    place, notice = view.place(made.address), made.body or b""
    if tree.fresh:
        return tree.take_off([place], {place: notice})
    inside = tree.under(view.place(folder_of(made.address)).removesuffix("/index.html"))
    return tree.take_off([place, *inside], {place: notice})


def attachments(view: View, tree: Tree, page: DocumentPage) -> Iterator[File]:
    """Yield the attachments of a document that do not stand in the tree as they were reviewed."""
    for shown in page.files:
        place = view.place(page.address_of(shown))
        if not place or _stands(tree, place, shown):
            continue
        row = StoredFile.objects.defer("text").filter(pk=shown.file, removed_at__isnull=True)
        stored = row.first()
        if stored is not None:
            yield file_of(view.host, page.address_of(shown), content(stored))


def _stands(tree: Tree, place: str, shown: FileShown) -> bool:
    kept = tree.read(place)
    return kept is not None and sha256(kept).hexdigest() == shown.sha256


def _let_go(view: View, tree: Tree, page: DocumentPage) -> list[str]:
    """Take out attachments that the public version names no more."""
    named = {view.place(page.address_of(shown)) for shown in page.files}
    folder = view.place(page.folder).removesuffix("/index.html")
    gone = [place for place in tree.under(folder) if place not in named]
    return tree.take_off(gone, {}) if gone else []


def expected(view: View) -> set[int]:
    """Return the hashes of every place at which a page may stand: of a million in 60 MB."""
    found = {hash(view.place(address)) for address in _live(view)}
    for portion in portions.portions(view):
        if not portion.startswith("documents:"):
            found.update(hash(view.place(each)) for each in portions.addresses(view, portion))
    return found


def _live(view: View) -> Iterator[str]:
    rows = portions.with_address(view).live().values_list("address", flat=True)
    return rows.order_by().iterator(chunk_size=5000)


def surplus(view: View, tree: Tree) -> Iterator[str]:
    """Yield the places of a site in a tree at which nothing of the records stands.

    What stands in the folder of a document is judged with the document.
    """
    known = expected(view)
    for place, _ in tree.walk(view.host):
        if hash(place) not in known and hash(_document_of(place)) not in known:
            yield place


def _document_of(place: str) -> str:
    return f"{place.rpartition('/')[0]}.html"


def take_off_surplus(view: View, tree: Tree) -> list[str]:
    """Take out of a tree what stands there without a record, and hosts that no site has now."""
    for host in set(tree.hosts()) - hosts():
        tree.drop_host(host)  # nobody would take a withdrawn text off there
    return tree.take_off(list(surplus(view, tree)), {})
