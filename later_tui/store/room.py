"""Whether there is room left on a disk."""

import os

LEAST = 1_048_576
"""So many bytes are the least that a server needs to go on writing."""


def is_full(folder: str) -> bool:
    """Tell whether the disk that holds `folder` has nearly no room left for this user."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < LEAST


def full(folder: str) -> str:
    """Return the sentence that says so, and what to do."""
    return f"the disk that holds {folder} is full: make room there"
