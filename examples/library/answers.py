"""What the library's server answers, in a test and on a visit. Later routes go first: a test says what is different."""

from __future__ import annotations

from library.models import Book, BookPage, Loan

from taropy import Phone
from taropy.phone import Request, Response

API = "https://api.library.example"
NOTICES = "wss://notices.library.example"

TITLES = {
    "1": ("Emma", "Jane Austen"),
    "2": ("Persuasion", "Jane Austen"),
    "3": ("Middlemarch", "George Eliot"),
    "4": ("Moby Dick", "Herman Melville"),
    "5": ("Frankenstein", "Mary Shelley"),
    "6": ("Dracula", "Bram Stoker"),
    "7": ("Jane Eyre", "Charlotte Brontë"),
}
BOOKS = {id: Book(id=id, title=title, author=author, free=2) for id, (title, author) in TITLES.items()}
BRANCHES = [
    {"name": "Harbour", "latitude": 31.24, "longitude": 121.49},
    {"name": "Old Town", "latitude": 31.22, "longitude": 121.46},
]
PAGE = 3


def usual(phone: Phone) -> None:
    """Routes for all that the app asks; what none of them takes fails."""
    lent = [Loan(id="l1", title="Emma", due="2026-03-31")]

    def lend(request: Request) -> Response:
        lent.extend(Loan(id=f"b{line['id']}", title=line["title"], due="2026-04-30") for line in request.json())
        return Response(status=201)

    phone.network.unrouted = "fail"
    phone.sockets.unrouted = "fail"
    route = phone.network.route
    route("GET", f"{API}/books", books, optional=True)
    route("GET", f"{API}/books/{{id}}", book, optional=True)
    route("GET", f"{API}/branches", json=BRANCHES, optional=True)
    route("POST", f"{API}/login", json={"token": "t1"}, optional=True)
    route("POST", f"{API}/codes", status=204, optional=True)
    route("PUT", f"{API}/bag", status=204, optional=True)
    route("GET", f"{API}/loans", lambda _: lent, optional=True)
    route("POST", f"{API}/loans", lend, optional=True)
    route("POST", f"{API}/loans/*/damage", json={"number": "R-7"}, optional=True)
    phone.sockets.route(NOTICES, optional=True)


def books(request: Request) -> BookPage:
    """Three books a page, of those in whose title or author the words are."""
    page, words = int(request.query["page"]), request.query["q"].lower()
    found = [book for book in BOOKS.values() if words in f"{book['title']} {book['author']}".lower()]
    return BookPage(books=found[PAGE * (page - 1) : PAGE * page], more=len(found) > PAGE * page)


def book(request: Request) -> Response:
    """One book."""
    id = request.params["id"]
    return Response(json=BOOKS[id]) if id in BOOKS else Response(status=404, json={"message": f"There is no book {id}"})
