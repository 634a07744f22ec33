"""Which addresses a webhook may connect to: none of this machine's or a private network's.

Somebody who can change a URL, or the answer of a name server, could otherwise reach what trusts
this machine: a router, a database, a cloud's metadata (OWASP, "Server-Side Request Forgery").

The networks are those that IANA's special-purpose registries say are not globally reachable
(RFC 6890). `ipaddress.is_global` is not enough: it differs between versions of Python, and takes
multicast, fec0::/10 and, within NAT64 and 6to4, private IPv4 addresses for global.
"""

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)

Address = IPv4Address | IPv6Address

_PRIVATE: dict[IPv4Network | IPv6Network, str] = {
    ip_network(net): kind
    for kind, nets in {
        "this machine": ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128"),
        "a private network": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
        "a link-local address": ("169.254.0.0/16", "fe80::/10", "fec0::/10"),
        "a carrier's inner network": ("100.64.0.0/10",),
        "a multicast or broadcast address": ("224.0.0.0/4", "ff00::/8", "255.255.255.255/32"),
        "a reserved address": (
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
            *("100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
            *("64:ff9b:1::/48", "::/96"),
        ),
    }.items()
    for net in nets
}

_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")


def why_private(address: Address) -> str:
    """Return what a webhook may not connect to is, in words; empty for a public address."""
    address = _within(address)
    for network, kind in _PRIVATE.items():
        if address in network:
            return kind
    return ""


def _within(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, where it stands for one."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        if address in _SIX_TO_FOUR:
            return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return address
