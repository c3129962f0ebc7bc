"""The settings of nginx that the house ships, run in front of a real server: what each kind of visitor gets.

Only ports, names of folders and the certificate are replaced (the certificate is made for the check). Asked: over TLS
and without, with a cookie and without, while the house answers and after it was killed, and by rude clients that speak
two lengths at once. The log may hold no address of a page.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.houses import House, wait_for
from tests.postgres import _free_port
from tests.tree import ROOT

NAME = "spoiwo.example.pl"
SHIPPED = ROOT / "deploy/nginx/spoiwo.conf"
AROUND = """daemon off; pid {folder}/nginx.pid; error_log {folder}/start.log; worker_processes 1;
events {{}}
http {{ include /etc/nginx/mime.types; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{shipped} }}
"""
UNCHECKED = 2
SECRET_LINK = "/konto/zaproszenie/tajny-klucz-z-listu/"  # an address that must not be remembered
SMUGGLED = {
    "dwie długości": b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
    "długość i kawałki": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "kawałki zapisane inaczej": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "długość ze znakiem": b"Content-Length: +4\r\n\r\nabcd",
}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Front:
    """nginx with the shipped settings; how to ask it."""

    plain: int
    tls: int
    context: ssl.SSLContext
    folder: Path
    wrong: list[str] = field(default_factory=list)
    asked: int = 0

    def ask(self, path: str, *, secure: bool = True, method: str = "GET", **headers: str) -> Answer:
        """Ask one page."""
        line = (
            http.client.HTTPSConnection("127.0.0.1", self.tls, context=self.context, timeout=60)
            if secure
            else http.client.HTTPConnection("127.0.0.1", self.plain, timeout=60)
        )
        try:
            line.request(method, path, headers={"Host": NAME} | headers)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read().decode("utf-8", "replace"))
        finally:
            line.close()

    def holds(self, what: str, right: object) -> None:
        """Say whether a promise holds."""
        self.asked += 1
        print(f"  {'tak' if right else 'NIE'}  {what}", flush=True)
        if not right:
            self.wrong.append(what)


def main() -> int:
    """Print every promise; 1 when one does not hold, 2 without nginx."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        print("NIE SPRAWDZONO: ustawienia nginx: brak programu nginx")
        return UNCHECKED
    with tempfile.TemporaryDirectory(prefix="spoiwo-proxy-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # for nginx, which reads the copy under an account of its own
        front = _ask_all(nginx, folder)
    print(f"obietnic: {front.asked}, złamanych: {len(front.wrong)}")
    return 1 if front.wrong else 0


def _ask_all(nginx: str, folder: Path) -> Front:
    house = House(folder / "house", PLAIN_HTTP="", HOSTS=NAME, BEHIND_PROXY="1", SNAPSHOT_DIR=str(folder / "copy"))
    house.done("migrate", "--verbosity", "0")
    house.done("demo")
    with _fronted(nginx, folder) as (front, behind):
        process = house.start("serve", "--empty", "--no-chores", "--port", behind)
        try:
            wait_for(f"http://127.0.0.1:{behind}/healthz", 60, process)
            house.done("snapshot")
            _while_it_answers(front)
            _rude(front)
            _locks(front)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        _after_it_was_killed(front)
        _remembered(front)
    return front


def _while_it_answers(front: Front) -> None:
    page = front.ask("/pomoc/")
    front.holds("strona przez TLS: 200, z HSTS", page.status == 200 and "strict-transport-security" in page.headers)
    away = front.ask("/pomoc/?a=1", secure=False)
    front.holds(
        "strona bez TLS: na ten sam adres przez TLS",
        (away.status, away.headers.get("location")) == (301, f"https://{NAME}/pomoc/?a=1"),
    )
    front.holds("API bez TLS: odmowa, nie przekierowanie", front.ask("/api/v1/health", secure=False).status == 403)
    front.holds("metryki: nie ma ich na zewnątrz", front.ask("/metrics").status == 404)
    front.holds("gotowość: prawdziwa odpowiedź", front.ask("/readyz").status in {200, 503})
    front.holds("TRACE: odmowa", front.ask("/pomoc/", method="TRACE").status == 405)
    with_cookie = front.ask("/biuro/", Cookie="sessionid=nikt")
    front.holds("kto ma ciasteczko, rozmawia z samym Spoiwem", with_cookie.status == 302)
    forged = front.ask("/pomoc/", **{"X-Forwarded-Proto": "http", "X-Forwarded-Host": "zly.example"})
    front.holds("podrobione nagłówki pośrednika nic nie zmieniają", forged.status == 200)
    stranger = front.ask("/pomoc/", Host="zly.example")
    front.holds(
        "obca nazwa serwera nie trafia do odpowiedzi", "zly.example" not in stranger.text + str(stranger.headers)
    )
    front.ask(SECRET_LINK)
    many = [front.ask("/konto/wejscie/").status for _ in range(60)]
    front.holds(f"za częste pytania o konto: 429 po {many.index(429) if 429 in many else '…'}", 429 in many)
    front.holds("pozostałe strony są wtedy otwarte", front.ask("/pomoc/").status == 200)


def _rude(front: Front) -> None:
    for what, rest in SMUGGLED.items():
        with (
            socket.create_connection(("127.0.0.1", front.tls), 30) as raw,
            front.context.wrap_socket(raw, server_hostname=NAME) as line,
        ):
            line.sendall(b"POST /pomoc/ HTTP/1.1\r\nHost: " + NAME.encode() + b"\r\n" + rest)
            line.settimeout(30)
            got = b""
            while part := line.recv(65536):
                got += part
        statuses = re.findall(rb"^HTTP/1\.1 (\d+)", got, re.MULTILINE)
        front.holds(f"{what}: jedna odmowa i koniec połączenia", statuses in ([b"400"], [b"501"]))


def _locks(front: Front) -> None:
    """Which ways of speaking in secret are open."""
    for what, fits in {
        "TLS 1.1": _old,
        "szyfr bez utajniania wstecz": lambda way: way.set_ciphers("AES128-SHA:@SECLEVEL=0"),
        "szyfr CBC": lambda way: way.set_ciphers("ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"),
    }.items():
        front.holds(f"{what}: odmowa", not _opens(front.tls, fits))
    for what, version in {"TLS 1.2": ssl.TLSVersion.TLSv1_2, "TLS 1.3": ssl.TLSVersion.TLSv1_3}.items():
        front.holds(f"{what}: działa", _opens(front.tls, lambda way, only=version: _only(way, only)))


def _old(way: ssl.SSLContext) -> None:
    way.set_ciphers("ALL:@SECLEVEL=0")  # without it our own side would refuse
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        way.maximum_version = ssl.TLSVersion.TLSv1_1


def _only(way: ssl.SSLContext, version: ssl.TLSVersion) -> None:
    way.minimum_version = way.maximum_version = version


def _opens(port: int, fits) -> bool:
    way = ssl.create_default_context()
    way.check_hostname, way.verify_mode = False, ssl.CERT_NONE
    way.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    way.maximum_version = ssl.TLSVersion.TLSv1_2
    try:
        fits(way)
        with socket.create_connection(("127.0.0.1", port), 30) as raw, way.wrap_socket(raw, server_hostname=NAME):
            return True
    except (ssl.SSLError, ConnectionResetError):
        return False


def _after_it_was_killed(front: Front) -> None:
    page = front.ask("/pomoc/")
    front.holds("Spoiwo nie odpowiada: strona z kopii", page.status == 200 and "<h1" in page.text)
    front.holds(
        "z nagłówkami bezpieczeństwa i bez zapamiętywania",
        {"content-security-policy", "strict-transport-security", "x-frame-options"} <= set(page.headers)
        and page.headers.get("cache-control") == "no-store",
    )
    front.holds("strona z pytaniem: z kopii", front.ask("/sprawozdania/?rok=2019").status == 200)
    front.holds("gotowość: nigdy z kopii", front.ask("/readyz").status == 502)
    front.holds("API: nigdy z kopii", front.ask("/api/v1/health").status == 502)
    front.holds("z ciasteczkiem: nigdy z kopii", front.ask("/biuro/", Cookie="sessionid=nikt").status == 502)


def _remembered(front: Front) -> None:
    logged = (front.folder / "spoiwo.log").read_text(encoding="utf-8")
    lines = logged.splitlines()
    front.holds(f"dziennik nginx: {len(lines)} wierszy bez adresów stron i czytelników", lines)
    kept = logged + "".join(file.read_text(errors="replace") for file in front.folder.glob("*error.log"))
    for word in ("tajny-klucz", "/pomoc", "127.0.0.1"):
        front.holds(f"w dziennikach nginx nie ma „{word}”", word not in kept)


@contextmanager
def _fronted(nginx: str, folder: Path) -> Iterator[tuple[Front, int]]:
    plain, tls, behind = _free_port(), _free_port(), _free_port()
    certificate = _certificate(folder)
    conf = folder / "nginx.conf"
    conf.write_text(AROUND.format(folder=folder, shipped=_here(folder, plain, tls, behind)), encoding="utf-8")
    subprocess.run([nginx, "-t", "-q", "-c", str(conf), "-p", str(folder)], check=True)
    with (folder / "out.log").open("ab") as out:
        process = subprocess.Popen([nginx, "-c", str(conf), "-p", str(folder)], stdout=out, stderr=out)
    try:
        context = ssl.create_default_context(cafile=str(certificate))
        context.check_hostname = False  # asked by number of the machine
        front = Front(plain, tls, context, folder)
        wait_for(f"http://127.0.0.1:{plain}/api/", 30, process, status=403)
        yield front, behind
    finally:
        process.terminate()
        process.wait(timeout=30)


def _here(folder: Path, plain: int, tls: int, behind: int) -> str:
    """The shipped settings on ports and in folders of this check; each place that is to be replaced must be there."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("    listen [::]:80;\n", ""),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl;"),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("/etc/ssl/spoiwo", str(folder)),
        ("/var/log/nginx", str(folder)),
        ("/var/www/spoiwo", str(folder / "copy")),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{behind}"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "fullchain.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    words = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "privkey.pem").write_bytes(words)
    return file


if __name__ == "__main__":
    sys.exit(main())
