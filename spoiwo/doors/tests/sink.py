"""A mail server of the tests, on loopback: it keeps what it takes and can be told to refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Sink:
    """What came, as (recipients, text), and how the server behaves."""

    taken: list[tuple[list[str], str]] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)  # a code by the beginning of a recipient
    refused_senders: int = 0  # a code for every sender
    refused_texts: int = 0  # a code for every text
    cut_after_taking: bool = False  # the line breaks between the taking of a letter and the answer
    port: int = 0

    def recipients(self) -> list[str]:
        """Everybody a letter was taken for, in order."""
        return [one for recipients, _text in self.taken for one in recipients]


@contextmanager
def mail_server(port: int = 0) -> Iterator[Sink]:
    """A server that answers on this port, or on a free one, until the end of the block."""
    sink = Sink()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError):  # a sender that was killed
                _talk(sink, self.rfile, self.wfile)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", port), Talk) as server:
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()


def _talk(sink: Sink, heard, said) -> None:
    """The conversation of RFC 5321, as much of it as smtplib uses."""
    recipients: list[str] = []

    def answer(words: str) -> None:
        said.write(words.encode() + b"\r\n")

    answer("220 sink")
    while line := heard.readline().decode().strip():
        word, _colon, rest = line.partition(":")
        match word.split()[0].upper():
            case "MAIL":
                recipients = []
                answer(f"{sink.refused_senders or 250} sender")
            case "RCPT":
                code = next((code for name, code in sink.refused.items() if rest.strip(" <").startswith(name)), 250)
                recipients += [rest.strip(" <>")] if code == 250 else []
                answer(f"{code} recipient {rest}")
            case "DATA":
                answer("354 go on")
                text = _text(heard)
                if not sink.refused_texts:
                    sink.taken.append((recipients, text))
                if sink.cut_after_taking:
                    return
                answer(f"{sink.refused_texts or 250} text")
            case "QUIT":
                answer("221 bye")
                return
            case _:
                answer("250 well")


def _text(heard) -> str:
    lines = []
    while (line := heard.readline()) not in {b".\r\n", b""}:
        lines.append(line.decode())
    return "".join(lines)
