"""From which addresses the staff side may be entered: networks in CIDR notation."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network


def network_in(text: str) -> IPv4Network | IPv6Network:
    """Return the network of "10.20.0.0/16" or of one address; host bits are cut off.

    Raises:
        ValueError: it is neither.
    """
    return ip_network(text.strip(), strict=False)


def inside(address: IPv4Address | IPv6Address | None, networks: Iterable[str]) -> bool:
    """Return whether `address` lies in one of `networks`; an unknown address lies in none."""
    return address is not None and any(address in network_in(each) for each in networks)
