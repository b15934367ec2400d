"""What is put before and around the page's server: its files name options that there are, and one prefix and port."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from topic_samples import ROOT

from handouts.cli.serve import serve_command

DEPLOY = ROOT / "docs" / "deploy"
SERVICE = (DEPLOY / "handouts.service").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
GUIDE = (ROOT / "docs" / "integrate.md").read_text("utf-8")


def here(words: list[str]) -> list[str]:
    """The same words with the content of this checkout."""
    return [str(ROOT / "content") if word == "/srv/handouts/content" else word for word in words]


def of_unit() -> list[str]:
    found = re.search(r"^ExecStart=((?:.*\\\n)*.*)$", SERVICE, re.MULTILINE)
    assert found
    return here(shlex.split(found[1].replace("\\\n", " ")))


def of_container() -> list[str]:
    entry, command = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", CONTAINER, re.MULTILINE)
    return here([*json.loads(entry), *json.loads(command)])


@pytest.mark.parametrize("words", [of_unit(), of_container()], ids=["unit", "container"])
def test_the_server_takes_the_options_that_it_is_started_with(words: list[str]) -> None:
    assert words[0].endswith("/handouts")
    assert words[1] == "serve"
    given = serve_command.make_context("serve", words[2:])
    assert given.params["hosts"]


def test_proxy_and_unit_agree_on_prefix_port_and_name() -> None:
    given = serve_command.make_context("serve", of_unit()[2:]).params
    assert f"location {given['root_path']}/ {{" in NGINX
    assert re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+)/", NGINX) == [str(given["port"])] * 2
    assert f"server_name {given['hosts'][0]};" in NGINX
    assert NGINX.count("proxy_set_header Host $http_host;") == NGINX.count("proxy_pass ")


def test_the_guide_names_each_option_that_a_server_for_others_needs() -> None:
    for option in ("--allow-host", "--proxy", "--root-path", "--public-url", "--queue", "--rate", "--quiet"):
        assert option in GUIDE
