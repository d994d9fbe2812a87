"""HAProxy's own error pages: each contains only the style that its Content-Security-Policy allows."""

import hashlib
import re
import unittest
from base64 import b64encode
from pathlib import Path

HAPROXY = Path(__file__).parents[2] / "haproxy"
FILES = [HAPROXY / "haproxy.cfg", *sorted((HAPROXY / "errors").iterdir())]
PAGE = re.compile("<!doctype html>.*")
STYLE = re.compile("<style>(.*?)</style>")
ALLOWED = re.compile("style-src ([^;]+);")


class ErrorPagesTests(unittest.TestCase):
    def test_every_page_has_only_the_allowed_style(self) -> None:
        text = "".join(file.read_text() for file in FILES)
        pages, styles, allowed = PAGE.findall(text), STYLE.findall(text), ALLOWED.findall(text)
        self.assertGreater(len(pages), 5)
        self.assertEqual(len(styles), len(pages))
        self.assertEqual({hash_of(style) for style in styles}, set(allowed))


def hash_of(style: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
