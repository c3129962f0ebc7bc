"""The one cache of pages: only what everybody may read, only for whom we do not know, only until the next deed.

Every change of data records a deed, so the head of the chain of deeds moves with any change: a stored page is good
while the head and the day are those of the moment before it was made. The head is asked at most once a second, so a
page is at most a second late. A request with a cookie or credentials, and an answer that starts a session, carries a
token or says that nobody may keep it, never come here (decision 0023). The cache lives in the memory of one process.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from urllib.parse import urlencode

import brotli
from django.http import HttpRequest, HttpResponse

from spoiwo.access.remembering import LONGEST_LIFE, Mark, RecentHead
from spoiwo.audit.services import chain_head

LONGEST_QUERY = 300  # signs; a longer one is answered anew each time
LARGEST_ANSWER = 1_000_000  # bytes before compression
VARIANTS_OF_A_PATH = 16
SHARE_OF_QUERIES = 0.5  # of the memory, so that invented questions do not push out whole pages
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Content-Language")

Key = tuple[str, str, str, str, str]


@dataclass
class Kept:
    """One stored answer, compressed as it was asked for."""

    mark: Mark
    since: float
    match: object
    headers: dict[str, str]
    etag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    def body(self, encoding: str) -> bytes:
        """The bytes in one encoding, compressed when first asked for."""
        if encoding not in self.bodies:
            plain = self.bodies[""]
            packed = brotli.compress(plain, quality=BROTLI_QUALITY) if encoding == "br" else _gzipped(plain)
            self.bodies = {**self.bodies, encoding: packed}
        return self.bodies[encoding]

    @property
    def size(self) -> int:
        """How much it may take: each compressed form is counted as a quarter, whether it is there or not."""
        return len(self.bodies[""]) * 3 // 2


def _gzipped(plain: bytes) -> bytes:
    return gzip.compress(plain, GZIP_LEVEL, mtime=0)


class Shelf:
    """Stored answers within a limit of bytes; the one not asked for longest leaves first."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.of_path: dict[tuple, list[Key]] = {}

    def take(self, key: Key) -> Kept | None:
        """The stored answer, which is now the latest asked for."""
        if key in self.kept:
            self.kept.move_to_end(key)
        return self.kept.get(key)

    def put(self, key: Key, answer: Kept) -> None:
        """Store; the oldest variant of the same path, then the least wanted of all, make room."""
        self.drop(key)
        if answer.size > self.limit:
            return
        if len(self.of_path.get(key[:-1], ())) >= VARIANTS_OF_A_PATH:
            self.drop(self.of_path[key[:-1]][0])
        self.kept[key] = answer
        self.of_path.setdefault(key[:-1], []).append(key)
        self.size += answer.size
        while self.size > self.limit:
            self.drop(next(iter(self.kept)))

    def drop(self, key: Key) -> None:
        """Forget one answer."""
        answer = self.kept.pop(key, None)
        if answer is None:
            return
        self.size -= answer.size
        siblings = self.of_path[key[:-1]]
        siblings.remove(key)
        if not siblings:
            del self.of_path[key[:-1]]


class PublicCache:
    """Pages and small files for everybody, in the memory of this process."""

    def __init__(self, limit: int, *, today: Callable[[], date], clock=time.monotonic, head=chain_head) -> None:
        self.recent, self.clock = RecentHead(today, clock, head), clock
        self.lock = Lock()
        self.shelves = {
            False: Shelf(int(limit * (1 - SHARE_OF_QUERIES))),
            True: Shelf(int(limit * SHARE_OF_QUERIES)),
        }

    def mark(self) -> Mark:
        """What a page made from now on may be dated by. Raises: DatabaseError when the head cannot be asked."""
        return self.recent.mark()

    def find(self, key: Key, mark: Mark) -> Kept | None:
        """The stored answer if it is still good."""
        with self.lock:
            shelf = self.shelves[bool(key[-1])]
            answer = shelf.take(key)
            if answer and (answer.mark != mark or self.clock() - answer.since > LONGEST_LIFE):
                shelf.drop(key)
                return None
            return answer

    def keep(self, key: Key, mark: Mark, request: HttpRequest, response: HttpResponse) -> Kept:
        """Store an answer made after `mark` was asked."""
        etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        answer = Kept(mark, self.clock(), request.resolver_match, headers, etag, {"": response.content})
        with self.lock:
            self.shelves[bool(key[-1])].put(key, answer)
        return answer


def key_of(request: HttpRequest, host: str, language: str) -> Key | None:
    """What makes two requests the same; None for a question too long to be remembered."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return None
    pairs = [(name, value) for name, values in sorted(request.GET.lists()) for value in values]
    return (request.scheme, host, request.path, language, urlencode(pairs))


def encoding_of(request: HttpRequest, answer_type: str) -> str:
    """The best encoding that the browser takes: "br", "gzip" or "" for none."""
    if not answer_type.startswith(TEXT):
        return ""
    wanted = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _sep, weight = part.strip().partition(";")
        wanted[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("br", "gzip") if wanted.get(name)), "")


def answer_from(kept: Kept, request: HttpRequest) -> HttpResponse:
    """The stored answer as this browser wants it: whole, compressed, without a body, or "you have it"."""
    if kept.etag in {tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")}:
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        encoding = encoding_of(request, kept.headers.get("Content-Type", ""))
        body = kept.body(encoding)
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=kept.headers)
        response.headers["Content-Length"] = str(len(body))
        if encoding:
            response.headers["Content-Encoding"] = encoding
    response.headers["ETag"] = kept.etag
    return response
