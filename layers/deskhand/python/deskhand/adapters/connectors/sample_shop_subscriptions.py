"""The sample shop's subscriptions."""

import sqlite3
from datetime import date

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done, ReadsBack
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Plan, Subscription
from deskhand.errors import Rejected


class SampleShopSubscriptions(ReadsBack):
    """The subscriptions' system of record of the sample shop."""

    def subscriptions(self, scope: CustomerScope) -> tuple[Subscription, ...]:
        """All of this customer's, newest first."""
        plans = {plan.id: plan for plan in self.plans()}
        found = self._tables.rows(
            "select * from subscriptions where customer_id = ? order by since desc, id desc",
            scope.customer_id,
        )
        return tuple(
            Subscription(
                id=row["id"],
                customer_id=row["customer_id"],
                plan=plans[row["plan_id"]],
                next_plan=plans.get(row["next_plan_id"]),
                status=row["status"],
                since=row["since"],
                renews_on=row["renews_on"],
                paused_until=row["paused_until"],
            )
            for row in found
        )

    def plans(self) -> tuple[Plan, ...]:
        """What can be subscribed to now, cheapest first."""
        return tuple(
            Plan(
                id=row["id"],
                name=row["name"],
                price=Money(amount_cents=row["price_cents"], currency=row["currency"]),
                interval=row["interval"],
            )
            for row in self._tables.rows("select * from plans order by price_cents, id")
        )

    def cancel(self, scope: CustomerScope, subscription_id: str, *, idempotency_key: str) -> str:
        """Ends it at the end of what is paid."""

        def do(db: sqlite3.Connection) -> Done:
            self._running(scope, subscription_id)
            db.execute(
                "update subscriptions set status = 'cancelled', next_plan_id = null,"
                " paused_until = null where id = ?",
                (subscription_id,),
            )
            return Done()

        return self._deeds.once(scope, idempotency_key, Asked("cancellation", subscription_id), do)

    def pause(
        self, scope: CustomerScope, subscription_id: str, *, until: date, idempotency_key: str
    ) -> str:
        """Nothing is sent or charged until then, so it renews no earlier."""

        def do(db: sqlite3.Connection) -> Done:
            running = self._running(scope, subscription_id)
            if running.status == "paused":
                raise Rejected(f"subscription {subscription_id} is paused already")
            if until <= self._clock().date():
                raise Rejected(f"subscription {subscription_id} cannot be paused until a past day")
            db.execute(
                "update subscriptions set status = 'paused', paused_until = :until,"
                " renews_on = max(renews_on, :until) where id = :id",
                {"until": until.isoformat(), "id": subscription_id},
            )
            return Done()

        asked = Asked("pause", subscription_id, {"until": until.isoformat()})
        return self._deeds.once(scope, idempotency_key, asked, do)

    def change_plan(
        self, scope: CustomerScope, subscription_id: str, *, plan_id: str, idempotency_key: str
    ) -> str:
        """Another plan from the next renewal on."""

        def do(db: sqlite3.Connection) -> Done:
            running = self._running(scope, subscription_id)
            if plan_id not in {plan.id for plan in self.plans()}:
                raise Rejected(f"there is no plan {plan_id}")
            if plan_id in (running.plan.id, running.next_plan and running.next_plan.id):
                raise Rejected(f"subscription {subscription_id} has the plan {plan_id} already")
            db.execute(
                "update subscriptions set next_plan_id = ? where id = ?",
                (plan_id, subscription_id),
            )
            return Done()

        asked = Asked("change_of_plan", subscription_id, {"plan_id": plan_id})
        return self._deeds.once(scope, idempotency_key, asked, do)

    def _running(self, scope: CustomerScope, subscription_id: str) -> Subscription:
        for subscription in self.subscriptions(scope):
            if subscription.id == subscription_id:
                if subscription.status == "cancelled":
                    raise Rejected(f"subscription {subscription_id} is cancelled already")
                return subscription
        raise Rejected(f"this customer has no subscription {subscription_id}")
