"""Reads an HTML page on standard input as browsers do, strictly, and prints its headings, one a line.

Ends with status 1 at the first thing that the standard calls an error, at a script, and at anything that would be
fetched.
"""

import sys

import html5lib

FETCHING = {"img", "script", "link", "iframe", "object", "embed", "audio", "video", "source", "base", "form"}


def name(element):
    return element.tag.rsplit("}")[-1] if isinstance(element.tag, str) else ""


page = html5lib.HTMLParser(strict=True).parse(sys.stdin.buffer.read(), transport_encoding="utf-8")
ids = []
for element in page.iter():
    assert name(element) not in FETCHING, name(element)
    for key, value in element.attrib.items():
        assert not key.startswith("on") and key != "src", key
        assert key != "href" or value.startswith(("#", "https://", "http://")), value
        if key == "id":
            ids.append(value)
    if name(element) in ("h1", "h2"):
        print("".join(element.itertext()))
assert len(ids) == len(set(ids)), "an id twice"
targets = [element.attrib["href"][1:] for element in page.iter() if element.attrib.get("href", "").startswith("#")]
assert set(targets) <= set(ids), set(targets) - set(ids)
