"""Opens an HTTP client: nothing that it was not told to do."""

import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx2

from later_tui.domain.errors import UnavailableError


def opened(context: ssl.SSLContext, proxy: str | None) -> httpx2.AsyncClient:
    """Return a client that follows no redirect and no variable, and keeps no cookie or connection.

    Raises UnavailableError: such a proxy cannot be used.
    """
    try:
        return httpx2.AsyncClient(
            verify=context,
            proxy=proxy,
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # none is kept
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        )
    except (ImportError, ValueError, httpx2.InvalidURL):
        # What it says has the proxy's URL in it, and that may have a password in it.
        raise UnavailableError(
            "the proxy that HTTPS_PROXY or ALL_PROXY names cannot be used; give it as "
            '"http://host:port"'
        ) from None


def verifying(ca_file: str | None) -> ssl.SSLContext:
    """Return what verifies certificates: by the system's authorities, or `SSL_CERT_FILE`'s.

    Raises UnavailableError: `ca_file`, whose authorities are trusted besides, cannot be read.
    """
    context = httpx2.create_ssl_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(Path(ca_file).expanduser())
        except (OSError, ssl.SSLError) as error:
            why = error.strerror if isinstance(error, FileNotFoundError) else "not certificates"
            raise UnavailableError(
                f"the certificates in {ca_file} cannot be read ({why}); name a PEM file"
            ) from error
    return context
