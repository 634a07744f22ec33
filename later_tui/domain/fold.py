"""Text as it is compared: without case, accents and the width of blanks."""

import unicodedata


def fold(text: str) -> str:
    """Return the text as two texts are compared when somebody looks for one in the other.

    The compatibility decomposition of Unicode without its marks, caseless (Unicode, chapter 3.13),
    with one blank for each run of them: "Zürich " and "zurich", "STRASSE" and "straße" are alike.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
        # Casefolding may give marks of its own, as of the Turkish İ.
        text = unicodedata.normalize("NFKD", bare.casefold())
        text = "".join(c for c in text if not unicodedata.combining(c))
    else:
        text = text.lower()
    return " ".join(text.split())
