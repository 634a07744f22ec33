"""A certificate authority of the test's own, made with the openssl program."""

import subprocess
from pathlib import Path


class Authority:
    """Signs certificates for hosts."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.file = folder / f"{name}.pem"
        self._key = folder / f"{name}.key"
        _openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-days", "2", "-subj", f"/CN={name}", "-keyout", self._key, "-out", self.file,
            "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        )  # fmt: skip

    def sign(self, host: str) -> tuple[Path, Path]:
        """Return the files of a certificate for a host ("IP:127.0.0.1", "DNS:x") and its key."""
        name = f"{self.file.stem}-{host.replace(':', '-')}"
        key, asked, signed, more = (
            self._folder / f"{name}.{end}" for end in ("key", "csr", "crt", "ext")
        )
        more.write_text(f"subjectAltName={host}\nbasicConstraints=CA:FALSE\n")
        _openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", "/CN=server", "-keyout", key, "-out", asked,
        )  # fmt: skip
        _openssl(
            "x509", "-req", "-in", asked, "-CA", self.file, "-CAkey", self._key,
            "-set_serial", "7", "-days", "2", "-extfile", more, "-out", signed,
        )  # fmt: skip
        return signed, key


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)
