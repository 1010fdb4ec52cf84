"""A strange shop, plugged in from outside, under the gate: everything that it allows is done, and
nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.policy_files import check_policy
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from tests.exam.shop_data import EXAM, SHOP, a_sitting, copy_of_the_exam, needs_data, the_shop
from tests.exam.tau_retail.__main__ import app
from tests.exam.tau_retail.comparing import differences
from tests.exam.tau_retail.desk import Desk, Session
from tests.exam.tau_retail.limits import SHIPPED_LIMIT
from tests.exam.tau_retail.pack import POLICIES, RULES, SCHEMA, the_pack
from tests.exam.tau_retail.patches import patch
from tests.exam.tau_retail.records import UnreadableExamError
from tests.exam.tau_retail.rows import Diff, Mutant, Variant
from tests.exam.tau_retail.tools.facts import facts_of_order

pytestmark = needs_data
USER, OTHER = "olivia_ito_3591", "omar_lopez_3107"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def a_move(user_id: str = USER, **bent: Any) -> dict[str, Any]:
    address = {
        "address1": "1 Elm Street",
        "address2": "",
        "city": "Denver",
        "state": "CO",
        "country": "USA",
        "zip": "80014",
    }
    arguments = {"user_id": user_id} | address
    given = {
        "task_id": "ours",
        "kind": "move",
        "before_write_index": 1,
        "session_user": USER,
        "name": "modify_user_address",
        "arguments": arguments,
    }
    return given | bent


def facts_of(session: Session, order_id: str) -> tuple[Fact, ...]:
    return facts_of_order(CustomerScope(customer_id=USER), session.desk.shop, order_id)


def test_the_exam_is_passed_with_full_marks() -> None:
    outcome = run(EXAM, "--shop", SHOP, "--json")
    report = json.loads(outcome.stdout)
    assert report["misses"] == []
    assert outcome.exit_code == 0
    parts: dict[str, int] = {}
    for kind in report["kinds"]:
        parts[kind["part"]] = parts.get(kind["part"], 0) + kind["total"]
    assert parts["gold"] == 25
    assert parts["mutants"] == 501
    assert parts["variants"] == 24
    assert parts["identity"] == 60
    assert parts["database"] == 20
    assert parts["repeated"] == 24  # the address changes excepted
    assert parts["limits"] > 100


def test_a_miss_is_shown_with_its_verdict_and_its_reasons(tmp_path: Path) -> None:
    folder = copy_of_the_exam(tmp_path)
    file = folder / "mutants.jsonl"
    first = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    file.write_text(json.dumps(first | {"expect_codes": ["BAD_REASON"]}), encoding="utf-8")
    outcome = run(folder, "--shop", SHOP)
    assert outcome.exit_code == 1
    said = " ".join(outcome.stdout.split())
    assert "wanted refused for BAD_REASON, got refuse for NOT_OWNER, BAD_STATUS" in said
    assert "There is no such order in your account." in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "mutants.jsonl, line 1 is no JSON"),
        ('{"task_id": "t"}', "mutants.jsonl, line 1: session_user: Field required"),
        (None, "mutants.jsonl cannot be read (No such file or directory)"),
    ],
)
def test_a_folder_that_is_no_exam_is_refused_in_words(
    tmp_path: Path, line: str | None, words: str
) -> None:
    file = copy_of_the_exam(tmp_path) / "mutants.jsonl"
    if line is None:
        file.unlink()
    else:
        file.write_text(line, encoding="utf-8")
    outcome = run(tmp_path, "--shop", SHOP)
    assert outcome.exit_code == 2
    assert words in " ".join(outcome.stderr.split())


def test_a_folder_without_the_shop_is_refused_in_words(tmp_path: Path) -> None:
    outcome = run(EXAM, "--shop", tmp_path)
    assert outcome.exit_code == 2
    assert "name the shop's folder with --shop" in " ".join(outcome.stderr.split())


def test_a_change_of_the_records_that_nobody_knows_is_refused_in_words() -> None:
    with pytest.raises(UnreadableExamError, match="db_patch set_price"):
        patch(the_shop().fresh(), {"set_price": ["#W5442520", 0]})


def test_a_customer_may_move_and_only_their_own_profile_changes() -> None:
    row = Variant.model_validate(a_move())
    [result] = a_sitting().variant(row)
    assert (result.is_right, result.got) == (True, "allow")
    desk = Desk(the_pack(), the_shop().fresh())
    desk.session_of(USER).submit(row.proposed, confirmed=row.proposed)
    address = {key: value for key, value in row.arguments.items() if key != "user_id"}
    moved = {USER: {**the_shop().users[USER], "address": address}}
    assert not list(differences(Diff(task_id="", users=moved), the_shop(), desk.database))


@pytest.mark.parametrize(
    ("session_user", "confirmed", "code"),
    [
        (OTHER, True, "NOT_OWNER"),
        (None, True, "UNAUTHENTICATED"),
        (USER, False, "UNCONFIRMED"),
    ],
)
def test_nobody_moves_without_the_customers_own_yes(
    session_user: str | None, confirmed: bool, code: str
) -> None:
    given = a_move(session_user=session_user, db_patch=None, expect_codes=[code])
    proposed = {"name": given["name"], "arguments": given["arguments"]} if confirmed else None
    [result] = a_sitting().mutant(Mutant.model_validate(given | {"confirmed": proposed}))
    assert result.is_right, result.got


@pytest.mark.parametrize(
    "bent",
    [
        {"order_id": 5442520},
        {"item_ids": "3330317167"},
        {"item_ids": None},
        {"amount": -1},
        {"payment_method_id": ["paypal_8049766"]},
    ],
)
def test_arguments_that_do_not_fit_are_refused_and_never_break_anything(
    bent: dict[str, Any],
) -> None:
    arguments = {"order_id": "#W5866402", "item_ids": ["9727387530"], "payment_method_id": "x"}
    proposed = ProposedAction(name="return_delivered_order_items", arguments=arguments | bent)
    outcome = (
        Desk(the_pack(), the_shop().fresh()).session_of(USER).submit(proposed, confirmed=proposed)
    )
    assert (outcome.answer, outcome.codes) == ("refuse", ("INVALID_ACTION",))


def test_a_customer_hears_the_same_of_an_order_that_is_anothers_and_of_none() -> None:
    said = set()
    for order_id in ("#W7273336", "#W0000000"):  # of somebody else; of nobody
        session = Desk(the_pack(), the_shop().fresh()).session_of(USER)
        arguments: dict[str, Any] = {"order_id": order_id, "reason": "no longer needed"}
        proposed = ProposedAction(name="cancel_pending_order", arguments=arguments)
        outcome = session.submit(proposed, confirmed=proposed)
        [fact] = (one for one in facts_of(session, order_id) if one.kind == "order")
        words = (*fact.words, outcome.words, str(sorted({**fact.attributes, "whose": ""}.items())))
        said.add(tuple(one.replace(order_id, "…") for one in words))
    assert len(said) == 1


def test_one_customer_a_session() -> None:
    desk = Desk(the_pack(), the_shop().fresh())
    session = desk.session(Asker(email=the_shop().users[USER]["email"]))
    assert session.greeted().customer is not None
    session.asker = Asker(email=the_shop().users[OTHER]["email"])
    evidence = session.greeted()
    assert evidence.customer is None
    assert "only one customer can be helped" in evidence.troubles[0]
    session.asker = Asker(email=the_shop().users[USER]["email"].upper())
    assert session.greeted().customer is not None


def test_the_product_finds_nothing_wrong_with_the_packs_policy() -> None:
    pack = the_pack()
    lookups, actions = pack.tools.lookups, pack.tools.actions
    assert check_policy(pack.policy, lookups, actions, (), POLICIES) == ()
    assert CedarPermissions(RULES, SCHEMA).actions == set(actions)


def test_the_limit_stands_in_one_place_of_the_rules() -> None:
    assert RULES.count(SHIPPED_LIMIT) == 1


def test_the_shops_records_stay_as_they_were_read() -> None:
    before = json.dumps([the_shop().users, the_shop().orders], sort_keys=True)
    sitting = a_sitting()
    for task in dict.fromkeys(row.task for row in sitting.exam.gold):
        list(sitting.task(task))
    assert json.dumps([the_shop().users, the_shop().orders], sort_keys=True) == before
