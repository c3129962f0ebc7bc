"""Tell whether a server could listen at HOST PORT; one sentence on stderr and code 1 when not."""

import errno
import socket
import sys

MESSAGES = {
    errno.EADDRINUSE: "Port {port} pod adresem {host} jest zajęty; wybierz inny: make run PORT={other}",
    errno.EACCES: "Port {port} wymaga uprawnień administratora; wybierz wyższy: make run PORT={other}",
    errno.EADDRNOTAVAIL: "Ten komputer nie ma adresu {host}; podaj własny: make run HOST=127.0.0.1",
}


def problem_with(host: str, port: int) -> str:
    """Try to take the address as the server would; the sentence that says why not, or an empty text."""
    if not 0 < port < 65536:
        return f"PORT={port} nie jest numerem portu; podaj liczbę od 1 do 65535."
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return MESSAGES[errno.EADDRNOTAVAIL].format(host=host)
    except OSError as problem:
        message = MESSAGES.get(problem.errno, "Nie można otworzyć portu {port} pod adresem {host}.")
        return message.format(host=host, port=port, other=port + 1 if port >= 1024 else 8000 + port % 1000)
    return ""


if __name__ == "__main__":
    sentence = problem_with(sys.argv[1], int(sys.argv[2]))
    if sentence:
        sys.stderr.write(sentence + "\n")
        sys.exit(1)
