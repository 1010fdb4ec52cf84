"""A file that came with a message is never ignored."""

import pytest

from deskhand.domain.ticket import Attachment
from tests.builders import a_draft, a_drafted_turn, a_message, a_refund, an_approval
from tests.judging import a_request_turn, codes, judged

PHOTO = Attachment(name="tin.jpg", media_type="image/jpeg", size_bytes=183_244)
WITH_A_PHOTO = (a_message("The tin was dented, please refund it.", attachments=(PHOTO,)),)


def test_what_the_model_could_not_open_a_person_opens_first():
    verdict = judged(a_drafted_turn(messages=WITH_A_PHOTO))

    assert (verdict.decision, codes(verdict)) == ("await_approval", ["UNSEEN_ATTACHMENT"])
    assert "tin.jpg" in verdict.words


def test_what_the_model_has_seen_holds_nothing_up():
    draft = a_draft(attachments_read=("tin.jpg",))

    assert judged(a_drafted_turn(messages=WITH_A_PHOTO, draft=draft)).decision == "send"


def test_once_a_person_has_looked_the_refund_goes():
    draft = a_draft(actions=(a_refund(42_00),))
    turn = a_request_turn(draft=draft, messages=WITH_A_PHOTO)
    first = judged(turn)
    yes = an_approval(turn, state="approved", actions=first.actions)

    verdict = judged(turn.model_copy(update={"decisions": (yes,)}))

    assert first.actions == (a_refund(42_00),)
    assert (verdict.decision, verdict.actions) == ("send", first.actions)


def test_a_question_may_go_before_anybody_has_looked():
    draft = a_draft(claims=(), question="Which order do you mean?")

    assert judged(a_drafted_turn(messages=WITH_A_PHOTO, draft=draft)).decision != "await_approval"


@pytest.mark.parametrize(
    ("bent", "why"),
    [
        ({"media_type": "application/x-msdownload"}, "application/x-msdownload is not among"),
        ({"media_type": "text/html"}, "text/html is not among"),
        ({"media_type": "image/svg+xml"}, "image/svg"),
        ({"media_type": ""}, "no type is not among"),
        ({"size_bytes": 10_000_001}, "10000001 bytes; 1 to 10000000"),
        ({"size_bytes": 0}, "0 bytes"),
        ({"size_bytes": -1}, "-1 bytes"),
    ],
)
def test_what_no_machine_may_open_is_named_to_a_person_whatever_the_model_says(bent, why):
    odd = PHOTO.model_copy(update=bent)
    messages = (a_message("The tin was dented, please refund it.", attachments=(odd,)),)
    draft = a_draft(attachments_read=("tin.jpg",))

    verdict = judged(a_drafted_turn(messages=messages, draft=draft))

    assert (verdict.decision, codes(verdict)) == ("await_approval", ["UNSEEN_ATTACHMENT"])
    assert f"tin.jpg ({why}" in verdict.words


@pytest.mark.parametrize("media_type", ["image/jpeg", "IMAGE/JPEG", "text/plain; charset=utf-8"])
def test_a_type_may_be_written_in_capitals_or_with_a_character_set(media_type):
    photo = PHOTO.model_copy(update={"media_type": media_type})
    messages = (a_message("The tin was dented.", attachments=(photo,)),)
    draft = a_draft(attachments_read=("tin.jpg",))

    assert judged(a_drafted_turn(messages=messages, draft=draft)).decision == "send"


def test_of_two_files_with_one_name_nobody_can_say_which_was_read():
    before = (a_message("This is how it came.", id="h1", attachments=(PHOTO,)),)
    draft = a_draft(actions=(a_refund(42_00),), attachments_read=("tin.jpg",))

    verdict = judged(a_request_turn(draft=draft, messages=WITH_A_PHOTO, history=before))

    assert (verdict.decision, codes(verdict)) == ("await_approval", ["UNSEEN_ATTACHMENT"])
