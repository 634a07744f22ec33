"""Which proxy the environment names for a host."""

from urllib.request import getproxies, proxy_bypass

from later_tui.channels.http.urls import is_loopback


def proxy_for(scheme: str, host: str) -> str | None:
    """Return the URL of the proxy, or None to connect directly.

    It is what `HTTPS_PROXY` (or `HTTP_PROXY`) and `ALL_PROXY` say, in capitals or not, or the
    system's settings; not for the hosts in `NO_PROXY`, nor for this very machine.
    """
    known = getproxies()
    found = known.get(scheme) or known.get("all")
    if not found or is_loopback(host) or proxy_bypass(host):
        return None
    return found if "://" in found else f"http://{found}"
