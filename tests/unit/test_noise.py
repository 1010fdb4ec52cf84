"""Mail in which nobody speaks is known by its headers, or by a clear subject or body."""

import pytest

from deskhand.text.noise import why_noise

HEADERS = [
    {"Auto-Submitted": "auto-replied"},
    {"auto-submitted": "auto-generated; type=ooo"},
    {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
    {"X-Auto-Response-Suppress": "All"},
    {"Precedence": "bulk"},
    {"Precedence": "auto_reply"},
    {"List-Id": "<news.shop.example>"},
    {"List-Unsubscribe": "<mailto:leave@shop.example>"},
    {"Return-Path": "<>"},
    {"Content-Type": "multipart/report; report-type=delivery-status"},
    {"X-Autoreply": "yes"},
    {"From": "Mail Delivery System <MAILER-DAEMON@mail.example>"},
]
SUBJECTS = """
Automatic reply: Your order|Out of office: Your order|Auto: Out of the office|Autoreply
Abwesenheitsnotiz: Ihre Anfrage|Undeliverable: Your order|Mail delivery failed: returning message
Delivery Status Notification (Failure)|RE: Automatic reply: order 1001|Réponse automatique : Re
""".strip().replace("\n", "|")
BODIES = """
I am currently out of the office and will return on Monday.|This is an automated response.
I'm on annual leave until 5 May. For urgent matters contact Bob.
Your message could not be delivered to one or more recipients.
Please do not reply to this email.|Ich bin derzeit nicht im Büro.
""".strip().replace("\n", "|")
CUSTOMERS = """
I was out of office when the parcel came, where is it now?|Your driver said undeliverable, why?
My parcel could not be delivered because I was on holiday, can you send it again?
Is there an automatic reply to returns?|I am away next week, can you hold my order?
The automatic feeder does not reply to the app|I will be on holiday, please deliver before Friday
""".strip().replace("\n", "|")


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_a_machine_says_so_in_its_headers(headers: dict[str, str]) -> None:
    assert why_noise("Re: your order", "Thank you for your message.", headers)


@pytest.mark.parametrize("subject", SUBJECTS.split("|"))
def test_a_clear_subject_is_enough(subject: str) -> None:
    assert why_noise(subject, "I have received your message.", {})


@pytest.mark.parametrize("body", BODIES.split("|"))
def test_a_clear_body_is_enough(body: str) -> None:
    assert why_noise("Re: Your order", body, {})


@pytest.mark.parametrize("text", CUSTOMERS.split("|"))
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto-Submitted": "no", "Return-Path": "<ann@mail.example>", "Precedence": "normal"},
    ],
    ids=["no headers", "a person's headers"],
)
def test_a_customer_who_speaks_of_absence_is_heard(text: str, headers: dict[str, str]) -> None:
    assert why_noise("My order", text, headers) == ""


def test_a_subject_alone_is_a_customer_speaking() -> None:
    assert why_noise("Where is order 1001?", "", {}) == ""
    assert why_noise("", "  ", {}) == "an empty message"
