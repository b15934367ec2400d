"""Makes the README's picture of the ward's page: a browser at a server over the shipped topics, as a nurse sees it.

In: Chromium on the PATH, or in HANDOUTS_CHROMIUM. Out: docs/pictures/ward.png.
Run: .venv/bin/python scripts/ward_picture.py
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures" / "ward.png"
DATE = "2026-11-29"
SETTLING_MS = 2500
"""How long the browser's PDF viewer takes to draw a page."""


def main() -> int:
    """Makes the picture; returns the exit status."""
    browser = os.environ.get("HANDOUTS_CHROMIUM") or shutil.which("chromium") or "chromium"
    command = [sys.executable, "-m", "handouts", "serve", "--port", "0", "--date", DATE]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        found = re.search(r"http://\S+/", server.stderr.readline() if server.stderr else "")
        if found is None:
            print("the server did not begin", file=sys.stderr)
            return 1
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
            page = started.new_page(viewport={"width": 1280, "height": 920})
            page.goto(f"{found[0]}topic/ixazomib")
            page.wait_for_timeout(SETTLING_MS)
            taken = page.screenshot()
            started.close()
        picture = Image.open(io.BytesIO(taken)).convert("RGB")
        picture.quantize(128, dither=Image.Dither.NONE).save(OUT, optimize=True)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(5)
    print(f"wrote {OUT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
