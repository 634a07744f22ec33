"""The HTML part: the same words, for mail programs that show it.

Styles stand in the elements, since several programs drop style sheets; the sheet holds only what
a dark screen changes. Nothing is loaded from anywhere and nothing is a link.
"""

from html import escape

from later_tui.channels.email.words import Letter

_SANS = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace"
_BREAK = "overflow-wrap:anywhere;word-break:break-word"

_SHEET = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #17181c !important; }
  .card { background: #212329 !important; border-color: #34373f !important; }
  .thought { color: #f1f1ee !important; }
  .about, .what { color: #a7abb5 !important; }
  .line { border-color: #34373f !important; }
  .command { color: #cfd8ff !important; }
}
"""


def html(content: Letter) -> str:
    """Return the mail as a page of HTML, everything in it escaped."""
    about = "".join(
        f'<p class="about" dir="auto" style="margin:0 0 4px;font-size:14px;line-height:1.5;'
        f'color:#63666e;{_BREAK}">{escape(line)}</p>'
        for line in content.about
    )
    commands = "".join(
        f'<tr><td class="command" style="padding:3px 16px 3px 0;vertical-align:top;{_MONO};'
        f'font-size:13px;color:#2f3f8f;white-space:nowrap">{escape(command)}</td>'
        f'<td class="what" style="padding:3px 0;vertical-align:top;font-size:14px;'
        f'color:#63666e">{escape(what)}</td></tr>'
        for command, what in content.commands
    )
    return f"""\
<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>{escape(content.subject)}</title>
<style>{_SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f3ef">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0"
 style="background:#f4f3ef"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0"
 style="max-width:560px;background:#ffffff;border:1px solid #e2e0d8;border-radius:10px;{_SANS}">
<tr><td align="left" style="padding:28px 28px 22px">
<div class="thought" dir="auto" style="margin:0 0 18px;font-size:19px;line-height:1.45;
color:#1d1e22;unicode-bidi:plaintext;{_BREAK}">{_lines(content.thought)}</div>
{about}
<div class="line" style="margin:18px 0 14px;border-top:1px solid #e2e0d8;font-size:0"></div>
<p class="about" style="margin:0 0 6px;font-size:14px;line-height:1.5;color:#63666e">\
{escape(content.invitation)}</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="{_SANS}">{commands}
</table>
</td></tr></table>
</td></tr></table>
</body>
</html>
"""


def _lines(text: str) -> str:
    """Return the text with its own lines and the blanks that indent them."""
    lines = []
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        lines.append("&nbsp;" * (len(line) - len(bare)) + escape(bare))
    return "<br>\n".join(lines)
