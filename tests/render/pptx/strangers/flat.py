"""Templates by strangers as text: a .pptx file as one Flat OPC file, and back. Run to write `libreoffice.xml` anew.

python flat.py            (needs soffice; reads libreoffice.fodp, writes libreoffice.xml)
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent
PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "application/vnd.openxmlformats-package.relationships+xml"


def packed(flat: bytes) -> bytes:
    """The .pptx file of a Flat OPC file."""
    out = io.BytesIO()
    overrides = ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part in etree.fromstring(flat):
            name, kind = part.get(f"{{{PKG}}}name"), part.get(f"{{{PKG}}}contentType")
            package.writestr(name.lstrip("/"), etree.tostring(part[0][0], xml_declaration=True, encoding="UTF-8"))
            if kind != RELS:
                overrides += f'<Override PartName="{name}" ContentType="{kind}"/>'
        default = f'<Default Extension="rels" ContentType="{RELS}"/><Default Extension="xml" ContentType="text/xml"/>'
        package.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}">{default}{overrides}</Types>')
    return out.getvalue()


def flat(data: bytes) -> bytes:
    """A .pptx file of XML parts alone as one Flat OPC file, without the dates that its program wrote."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = etree.fromstring(package.read("[Content_Types].xml"))
        kinds = {node.get("PartName"): node.get("ContentType") for node in types.iter(f"{{{TYPES}}}Override")}
        lines = [f'<pkg:package xmlns:pkg="{PKG}">']
        for name in sorted(package.namelist()):
            if name == "[Content_Types].xml" or name.startswith("docProps/"):
                continue
            kind = RELS if name.endswith(".rels") else kinds[f"/{name}"]
            root = etree.fromstring(package.read(name), etree.XMLParser(remove_blank_text=True))
            if name == "_rels/.rels":
                for node in list(root):
                    if "docProps" in node.get("Target"):
                        root.remove(node)
            body = re.sub(r">\s+<", "><", etree.tostring(root, encoding="unicode"))
            lines.append(
                f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}"><pkg:xmlData>{body}</pkg:xmlData></pkg:part>'
            )
        return "\n".join([*lines, "</pkg:package>", ""]).encode()


def made_by_libreoffice(soffice: str, folder: Path) -> bytes:
    """`libreoffice.fodp` as LibreOffice saves it for PowerPoint."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pptx", "--outdir", str(folder)]
    subprocess.run([*command, str(HERE / "libreoffice.fodp")], check=True, capture_output=True, timeout=240)
    return (folder / "libreoffice.pptx").read_bytes()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = made_by_libreoffice("soffice", Path(folder))
    (HERE / "libreoffice.xml").write_bytes(flat(made))
    sys.exit(0)
