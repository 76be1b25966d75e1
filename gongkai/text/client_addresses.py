"""Whose address a visitor's is: what our own proxies wrote counts, what a visitor wrote does not.

Every proxy appends the address it was called from to X-Forwarded-For, so the list is believed
from its right end, through the proxies that are ours, to the first address that is not.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_LONGEST = 2000  # what a list is read of, from its right end; a visitor may send any length


def client_address(peer: str, forwarded: str, trusted: Sequence[str]) -> Address | None:
    """Return the address of who calls, None when it cannot be told.

    `peer` is the other end of the connection ("" on a local socket), `forwarded` the header
    X-Forwarded-For, `trusted` our own proxies as addresses or networks in CIDR notation.

    Raises:
        ValueError: an entry of `trusted` is neither.
    """
    ours = _networks(tuple(trusted))
    found = address_in(peer)
    if peer.strip() and (found is None or not _among(found, ours)):
        return found
    for hop in reversed(forwarded[-_LONGEST:].split(",")):
        if not hop.strip():
            continue
        found = address_in(hop)
        if found is None or not _among(found, ours):
            return found  # what stands left of it is the visitor's own word
    return found


def network_of(address: Address) -> str:
    """Return the network that counts as one visitor: an IPv4 address, an IPv6 /64."""
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)


def address_in(text: str) -> Address | None:
    """Return the address in one entry, with or without a port; None for anything else."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(each) for each in trusted)


def _among(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
