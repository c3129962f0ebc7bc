"""How many wrong tries are allowed, and what counts as one address.

A stranger who tries passwords of an officer must not close the door before her: a browser in which she has signed in
before is counted apart, and a passkey is not counted at all, because it cannot be guessed.
Source: OWASP ASVS 5.0, 6.3.1 and 6.1.1; the figures are decision 0019.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

ACCOUNT, ADDRESS, BROWSER, CODE, LETTER = "account", "address", "browser", "code", "letter"
LIMITS = {ACCOUNT: 5, ADDRESS: 50, BROWSER: 5, CODE: 5, LETTER: 3}
WINDOW = timedelta(minutes=15)
IPV6_NETWORK_BITS = 64  # one household or office holds a whole network of these


def address_group(address: str) -> str:
    """What is counted as one address: a single IPv4, a /64 of IPv6; anything else is one group."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        bits = 128 - IPV6_NETWORK_BITS
        return str(IPv6Address(int(found) >> bits << bits))
    return str(found)


def window_start(now: datetime) -> datetime:
    """From when tries are counted."""
    return now - WINDOW
