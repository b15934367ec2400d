"""The route for info buttons: forms of answers, what is refused, where links lead, and that nothing leaks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from coded_topics import MEDICINE, coded, usual
from lxml import etree
from starlette.applications import Starlette
from topic_samples import TODAY

from handouts.build.catalogue import Catalogues
from handouts.exchange.infobutton import ATOM
from handouts.web.app import application
from handouts.web.infobutton import Infobutton, infobutton_routes
from handouts.web.public_address import public_address
from handouts.web.settings import Settings
from handouts.web.ward import Ward

RXNORM = "mainSearchCriteria.v.cs=2.16.840.1.113883.6.88&mainSearchCriteria.v.c=9900001"
PUBLIC = "https://handouts.example.org/ward"


class Client:
    """Asks the routes of a responder in this process, as a record's server would."""

    def __init__(self, here: Infobutton, base: str = "http://127.0.0.1:8400") -> None:
        self._transport = httpx.ASGITransport(Starlette(routes=infobutton_routes(here)), raise_app_exceptions=False)
        self._base = base

    def __call__(self, address: str, method: str = "GET", **headers: str) -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url=self._base) as client:
                return await client.request(method, address, headers=headers)

        return asyncio.run(asked())


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Catalogues:
    return Catalogues(usual(coded(tmp_path_factory.mktemp("infobutton"))))


@pytest.fixture(scope="module")
def client(catalogues: Catalogues) -> Client:
    return Client(Infobutton(catalogues, lambda: TODAY, PUBLIC))


def entries(data: bytes) -> int:
    return len(etree.fromstring(data).findall(f"{{{ATOM}}}entry"))


CLIENTS = {
    "OpenEMR, as it asks MedlinePlus": f"{RXNORM}&informationRecipient.languageCode.c=es",
    "MedlinePlus's example": (
        f"{RXNORM}&mainSearchCriteria.v.dn=Chantix%200.5%20MG%20Oral%20Tablet&informationRecipient.languageCode.c=en"
    ),
    "a page with an empty name": f"{RXNORM}&mainSearchCriteria.v.dn=&informationRecipient.languageCode.c=en",
    "OpenInfobutton's form": (
        "representedOrganization.id.root=1.3.6.1.4.1.5884&taskContext.c.c=PROBLISTREV&mainSearchCriteria.v.c=999000003"
        "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.96&mainSearchCriteria.v.dn=Pressure ulcer stage 1 (disorder)"
        "&encounter.c.c=AMB&informationRecipient=PROV&performer=PROV&xsltTransform=Infobutton_UI"
    ),
    "the guide's second example": (
        "knowledgeRequestNotification.effectiveTime.v=20060706001023&holder.assignedEntity.n=OrganizationUsername"
        "&holder.assignedEntity.certificateText=organizationpassword&patientPerson.administrativeGenderCode.c=F&age.v.v=8"
        "&age.v.u=a&taskContext.c.c=MEDLISTREV&performer=PROV&informationRecipient=PAT&performer.languageCode.c=en"
        "&informationRecipient.languageCode.c=es&performer.healthCareProvider.c.c=163W00000X"
        "&performer.healthCareProvider.c.dn=Registered Nurse&mainSearchCriteria.v.c=99999-123-45"
        "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.69&mainSearchCriteria.v.dn=Albuterol+sulfate&mainSearchCriteria.v.ot=Albuterol"
    ),
    "BIREME's test": (
        "representedOrganization.id.root=[OID of the organization submitting the request]&taskContext.c.c=PROBLISTREV"
        "&mainSearchCriteria.v.c=C90.0&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90&mainSearchCriteria.v.dn=Type+2+Diabetes"
        "&mainSearchCriteria.v.ot=diabetes+type+2&patientPerson.administrativeGenderCode.c=M&age.v.v=45&age.v.u=a"
        "&informationRecipient=PAT&performer=PROV&performer.languageCode.c=en&performer.healthCareProvider.c.c=163W00000X"
        "&knowledgeResponseType=text/XML"
    ),
    "three problems by number": (
        "mainSearchCriteria.v.c=1202&mainSearchCriteria.v.cs=2.16.840.1.113883.6.88&mainSearchCriteria.v.dn=atenolol"
        "&mainSearchCriteria.v.c1=401.1&mainSearchCriteria.v.cs1=2.16.840.1.113883.6.103"
        "&mainSearchCriteria.v.c2=C900&mainSearchCriteria.v.cs2=2.16.840.1.113883.6.90"
    ),
    "an old client, in small letters": "mainsearchcriteria.c.c=99999-5&mainsearchcriteria.c.cs=2.16.840.1.113883.6.1",
}


@pytest.mark.parametrize("query", CLIENTS.values(), ids=CLIENTS)
def test_what_public_clients_send_is_answered(client: Client, query: str) -> None:
    answer = client(f"/infobutton?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert entries(answer.content) >= 1
    assert f"{PUBLIC}/topic/{MEDICINE}/document?" in answer.text


def test_json_is_given_and_never_a_script(client: Client) -> None:
    answer = client(f"/infobutton?{RXNORM}&knowledgeResponseType=application/json&callback=steal&jsonp=steal")
    assert answer.headers["content-type"] == "application/json"
    assert "steal" not in answer.text
    assert len(answer.json()["feed"]["entry"]) == 1
    refused = client(f"/infobutton?{RXNORM}&knowledgeResponseType=application/javascript&callback=steal")
    assert refused.status_code == 406
    assert "steal" not in refused.text


def test_the_accept_header_counts_where_no_form_is_named(client: Client) -> None:
    assert client(f"/infobutton?{RXNORM}", Accept="application/json").json()["feed"]["entry"]
    answer = client(f"/infobutton?{RXNORM}&knowledgeResponseType=text/xml", Accept="application/json")
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("query", ["", "mainSearchCriteria.v.c=1&mainSearchCriteria.v.cs=9.9.9", "%00=%ff&=&&x"])
def test_no_match_is_an_empty_feed(client: Client, query: str) -> None:
    answer = client(f"/infobutton?{query}")
    assert (answer.status_code, entries(answer.content)) == (200, 0)


def test_nothing_of_a_patient_and_no_cookie_comes_back(client: Client) -> None:
    patient = (
        "patientPerson.name.family=Doe-4711&patientPerson.birthTime.value.v=19700102&recordTarget.patientRole.id=4712"
    )
    for form in ("text/xml", "application/json"):
        answer = client(f"/infobutton?{RXNORM}&{patient}&knowledgeResponseType={form}", Origin="https://x.test")
        assert not any(secret in answer.text for secret in ("4711", "19700102", "4712"))
        assert "set-cookie" not in answer.headers
        assert not any(name.startswith("access-control") for name in answer.headers)


def test_head_is_answered_as_get_and_nothing_else_is(client: Client) -> None:
    head, got = client(f"/infobutton?{RXNORM}", "HEAD"), client(f"/infobutton/?{RXNORM}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert {client(f"/infobutton?{RXNORM}", method).status_code for method in ("POST", "PUT", "DELETE")} == {405}


def test_too_much_is_refused_in_words(client: Client) -> None:
    for query, status in (("x" * 9000, 414), ("&".join(f"a{n}=" for n in range(300)), 400), ("a&" * 1500, 400)):
        answer = client(f"/infobutton?{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")


def test_links_lead_to_the_public_address_whatever_the_host_header_says(client: Client) -> None:
    answer = client(f"/infobutton?{RXNORM}", Host="evil.example")
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    ("query", "page"),
    [
        (RXNORM, f"/topic/{MEDICINE}?lang=en"),
        (f"{RXNORM}&informationRecipient.languageCode.c=es", f"/topic/{MEDICINE}?lang=es"),
        (f"{RXNORM}&mainSearchCriteria.v.dn1=Ejemplara", "/?q=9900001"),
        ("mainSearchCriteria.v.dn=aspirin+81+mg", "/?q=aspirin+81+mg"),
        ("", "/"),
    ],
)
def test_a_person_is_led_to_a_page(client: Client, query: str, page: str) -> None:
    answer = client(f"/infobutton?{query}&knowledgeResponseType=text/html&patientPerson.name.family=Doe")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PUBLIC}{page}")


def test_the_whole_server_judges_hosts_and_logs_no_patient(tmp_path: Path) -> None:
    log: list[str] = []
    ward = Ward(Settings(content=coded(tmp_path), day=TODAY, public_url=PUBLIC))
    transport = httpx.ASGITransport(application(ward, log.append))

    async def asked() -> list[int]:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            address = f"/infobutton?{RXNORM}&patientPerson.name.family=Doe-4711"
            return [
                (await client.get(address, headers={"Host": host})).status_code for host in ("localhost", "evil.test")
            ]

    assert asyncio.run(asked()) == [200, 421]
    assert len(log) == 2
    assert not any("4711" in line or "9900001" in line for line in log)


@pytest.mark.parametrize("root", ["", "/handouts"])
def test_a_program_is_refused_in_words_without_a_page_or_a_cookie(tmp_path: Path, root: str) -> None:
    ward = Ward(Settings(content=coded(tmp_path), day=TODAY, root_path=root))
    transport = httpx.ASGITransport(application(ward, [].append))

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.post(f"{root}/infobutton?{RXNORM}")

    refused = asyncio.run(asked())
    assert (refused.status_code, set(refused.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert refused.text == "That cannot be done here. This address can be opened, and nothing else.\n"
    assert "set-cookie" not in refused.headers


def test_without_a_public_address_links_lead_where_the_request_came_to(catalogues: Catalogues) -> None:
    here = Infobutton(catalogues, lambda: TODAY, root_path="/handouts")
    client = Client(here)
    assert f"http://127.0.0.1:8400/handouts/topic/{MEDICINE}/document?" in client(f"/infobutton?{RXNORM}").text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://h.example.org", "https://h.example.org"), ("https://h.example.org/ward/", "https://h.example.org/ward"),
        ("http://10.0.0.5:8400", "http://10.0.0.5:8400"), ("http://[::1]:8400/", "http://[::1]:8400"),
    ],
)  # fmt: skip
def test_an_address_is_taken(text: str, address: str) -> None:
    assert public_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "h.example.org", "ftp://h.example.org", "https://", "https://u:p@h.example.org", "https://h.example.org?x=1",
     "https://h.example.org/#a", "https://h.example.org:99999", "https://h example.org", "javascript:alert(1)", "https://[::1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    assert public_address(text) is None


def test_a_folder_that_is_gone_is_no_answer(tmp_path: Path) -> None:
    gone = Catalogues(usual(tmp_path / "none"))
    client = Client(Infobutton(gone, lambda: TODAY, PUBLIC))
    assert client(f"/infobutton?{RXNORM}").status_code in {500, 503}
