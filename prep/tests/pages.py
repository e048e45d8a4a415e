"""Pages as tests compare them."""

import re

from django.http import HttpResponse

BLOCKS = (
    "body|button|caption|dd|details|div|dl|dt|fieldset|form|h[1-6]|label|legend|li|main|nav|ol|option|p|section"
    "|select|small|summary|svg|table|tbody|td|th|thead|tr|ul"
)
AROUND_BLOCK = re.compile(rf" ?(</?(?:{BLOCKS})\b[^<>]*>) ?")


def html_of(response: HttpResponse) -> str:
    """The HTML without the line breaks of its templates, which a browser does not show."""
    html = " ".join(response.content.decode().split()).replace(" >", ">")
    return AROUND_BLOCK.sub(r"\1", html)
