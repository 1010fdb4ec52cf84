"""An account is changed as its customer wants it, and letters go to the address on file alone."""

import pytest

from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from tests.contract.shop_changes import MOVED
from tests.contract.shops import Shop


def test_a_name_and_a_telephone_number_are_changed(shop: Shop) -> None:
    customers = shop.connectors.customers

    customers.update(shop.ada, {"name": "Ada L.", "phone": ""}, idempotency_key="k")

    ada = customers.customer(shop.ada)
    assert (ada.name, ada.phone, ada.email) == ("Ada L.", "", "ada@example.com")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"email": "eve@example.com"}, "email"),
        ({"name": "Eve", "vip": "1"}, "vip"),
        ({"name = 'Eve' --": "x"}, "cannot be changed"),
        ({"name": " "}, "has a name"),
        ({}, "nothing was named"),
    ],
)
def test_nothing_else_of_a_customer_is_changed(
    shop: Shop, changes: dict[str, str], why: str
) -> None:
    customers = shop.connectors.customers
    before = customers.customer(shop.ada)

    with pytest.raises(Rejected, match=why):
        customers.update(shop.ada, changes, idempotency_key="k")

    assert customers.customer(shop.ada) == before
    assert customers.made(shop.ada, "k") is None


def test_who_moves_has_another_address_and_orders_under_way_keep_theirs(shop: Shop) -> None:
    customers, order = shop.connectors.customers, shop.order("open")

    customers.move(shop.ada, MOVED, idempotency_key="k")

    ada = customers.customer(shop.ada)
    assert (ada.address, ada.country) == (MOVED, "BE")
    assert shop.order("open") == order


def test_a_new_password_is_chosen_by_a_letter_to_the_address_on_file(shop: Shop) -> None:
    for _ in range(2):
        shop.connectors.customers.recover_password(shop.ada, idempotency_key="k")

    (letter,) = shop.letters_to("ada@example.com")
    assert "https://" in letter.text
    assert shop.letters_to("ben@example.com") == ()


def test_each_letter_has_a_link_of_its_own(shop: Shop) -> None:
    for key in ("first", "second"):
        shop.connectors.customers.recover_password(shop.ada, idempotency_key=key)

    first, second = shop.letters_to("ada@example.com")
    assert first.text != second.text


def test_no_link_is_kept_with_what_was_done(shop: Shop) -> None:
    shop.connectors.customers.recover_password(shop.ada, idempotency_key="k")

    made = shop.connectors.customers.made(shop.ada, "k")
    assert made is not None
    assert "http" not in made.model_dump_json()


def test_an_account_that_was_never_activated_gets_its_letter_again(shop: Shop) -> None:
    shop.connectors.customers.resend_activation(shop.ben, idempotency_key="k")

    assert len(shop.letters_to("ben@example.com")) == 1


def test_an_active_account_gets_no_activation_letter(shop: Shop) -> None:
    with pytest.raises(Rejected, match="active already"):
        shop.connectors.customers.resend_activation(shop.ada, idempotency_key="k")

    assert shop.letters_to("ada@example.com") == ()


def test_a_letter_lies_in_the_mailbox_of_its_address(shop: Shop) -> None:
    letters = shop.connectors.letters
    letters.send("ada@example.com", subject="Your code", text="It is 123456.")
    letters.send("ada@example.com", subject="Once more", text="It is 654321.")

    found = [(letter.subject, letter.text) for letter in shop.letters_to("Ada@Example.com")]

    assert found == [("Your code", "It is 123456."), ("Once more", "It is 654321.")]


def test_nobody_is_behind_a_deleted_account(shop: Shop) -> None:
    shop.connectors.customers.recover_password(shop.ada, idempotency_key="letter")

    shop.connectors.customers.delete(shop.ada, idempotency_key="k")

    asker = Asker(email="ada@example.com", verified=True)
    assert shop.connectors.identity.scope(asker) is None
    assert shop.connectors.identity.address_on_file(asker) is None
    assert shop.letters_to("ada@example.com") == ()


def test_a_deleted_account_cannot_be_read_or_changed_and_shows_that_it_is_deleted(
    shop: Shop,
) -> None:
    customers, ada = shop.connectors.customers, shop.ada
    customers.delete(ada, idempotency_key="k")

    with pytest.raises(Rejected):
        customers.customer(ada)
    with pytest.raises(Rejected):
        customers.update(ada, {"name": "Ada"}, idempotency_key="another")
    made = customers.made(ada, "k")
    assert made is not None
    assert made.kind == "deletion"


def test_orders_of_a_deleted_account_stay_and_those_that_are_over_lose_their_address(
    shop: Shop,
) -> None:
    orders, ada = shop.connectors.orders, shop.ada
    before = len(orders.orders(ada))

    shop.connectors.customers.delete(ada, idempotency_key="k")

    shipped, over = orders.order(ada, "shipped"), orders.order(ada, "delivered")
    assert shipped is not None
    assert over is not None
    assert (shipped.ship_to is None, over.ship_to is None) == (False, True)
    assert len(orders.orders(ada)) == before


def test_two_accounts_can_be_deleted(shop: Shop) -> None:
    ada, ben = shop.ada, shop.ben

    shop.connectors.customers.delete(ada, idempotency_key="a")
    shop.connectors.customers.delete(ben, idempotency_key="b")

    with pytest.raises(Rejected):
        shop.connectors.customers.customer(ben)
