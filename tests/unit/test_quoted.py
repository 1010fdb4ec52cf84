"""Of a mail only what the customer wrote now is read; answers between quotes survive."""

import pytest

from deskhand.text.quoted import new_text

MAILS = {
    "a plain message": ("Where is my order?\n\nIt is late.", "Where is my order?\n\nIt is late."),
    "an answer above": (
        "It is 1042.\n\nOn Tue, 3 Mar 2026 at 10:00, Desk <desk@shop.example> wrote:\n"
        "> Which order is it?\n> Kind regards",
        "It is 1042.",
    ),
    "a header over two lines": (
        "Yes please\n\nOn Tue, 3 Mar 2026 at 10:00, The Support Desk\n<desk@shop.example> wrote:\n"
        "> Shall I?",
        "Yes please",
    ),
    "answers between": (
        "Hi,\n\nOn Tue, 3 Mar 2026, Desk wrote:\n> Which order?\n\nOrder 1042\n\n"
        "> What is wrong?\n\nThe lid is cracked",
        "Hi,\n\nOrder 1042\n\nThe lid is cracked",
    ),
    "German": (
        "Ja bitte\n\nAm 03.03.2026 um 10:00 schrieb Desk <desk@shop.example>:\n> Darf ich?",
        "Ja bitte",
    ),
    "Outlook": (
        "The blue one.\n\nFrom: Desk <desk@shop.example>\nSent: Tuesday, 3 March 2026 10:00\n"
        "To: Ann\nSubject: RE: your order\n\nWhich one is it?",
        "The blue one.",
    ),
    "an original message": ("Cancel it\n\n-----Original Message-----\nFrom: Desk", "Cancel it"),
    "a signature": ("Is it oak?\n\n-- \nAnn Bird\nBird Ltd\n+49 30 123456", "Is it oak?"),
    "a sign-off": ("Is it oak?\n\nKind regards,\nAnn Bird", "Is it oak?"),
    "a phone": ("Is it oak?\n\nSent from my iPhone", "Is it oak?"),
    "history without marks": (
        "No.\n\nOn Tue, 3 Mar 2026 at 10:00, Desk <d@shop.example> wrote:\nCancel it?\nDesk",
        "No.",
    ),
}


@pytest.mark.parametrize("mail", MAILS)
def test_quoted_history_and_signatures_are_dropped(mail: str) -> None:
    written, read = MAILS[mail]
    assert new_text(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Thanks\nBut where is my refund?",
        "Best\nprice please for 10 pieces?",
        "On Monday I wrote: where is it?",
        "From: Berlin to Paris, do you ship there?",
        "> I only quote this",
        "-- \nAnn",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert new_text(text) == text


def test_line_ends_of_windows_are_understood() -> None:
    assert new_text("Yes\r\n\r\nOn 3 Mar 2026, Desk <d@s.example> wrote:\r\n> Shall I?") == "Yes"
