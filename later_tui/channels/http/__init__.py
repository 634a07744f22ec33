"""The HTTP that the channels share: one request, one answer, and the truth about what was sent.

What a reminder needs of HTTP is little and strict: whether the request was written, when anything
goes wrong; no redirect followed; the answer bounded in time and size; certificates verified.
`httpx2` (BSD, the maintained continuation of httpx) tells the first by its trace of each step, and
connects to an address that was checked while it verifies the certificate of the host's name.
"""

import logging

# They log each URL and each header of an answer: a webhook's URL is often a secret itself.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)
