"""Sits the exam: every row through the desk, and what came of it against what was expected."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from deskhand.domain.ticket import Asker
from tests.exam.tau_retail.comparing import differences, is_same
from tests.exam.tau_retail.desk import Desk, Outcome
from tests.exam.tau_retail.identity import SECOND_USER
from tests.exam.tau_retail.limits import limits_around, with_limit
from tests.exam.tau_retail.pack import Pack
from tests.exam.tau_retail.patches import patch
from tests.exam.tau_retail.records import Database, UnreadableExamError, cents
from tests.exam.tau_retail.rows import AuthCase, Diff, Exam, Gold, Mutant, Row, Variant

MAY_BE_REPEATED = frozenset({"modify_pending_order_address", "modify_user_address"})
"""The same address again is no second deed."""

Task = tuple[str, str]


@dataclass(frozen=True)
class Result:
    """One thing that was looked at."""

    group: str
    kind: str
    row: Row
    wanted: str
    got: str
    is_right: bool
    why: str = ""


Step = Callable[[], Iterator[Result]]


@dataclass
class Sitting:
    """One exam, taken by one pack in one shop, which is reset for each step."""

    exam: Exam
    shop: Database
    pack: Pack
    _before: dict[tuple[Task, int], Database] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The whole exam."""
        exam = self.exam
        tasks = dict.fromkeys(row.task for row in (*exam.gold, *exam.diffs))
        return (
            *(partial(self.task, task) for task in tasks),
            *(partial(self.limits, row) for row in exam.gold),
            *(partial(self.mutant, row) for row in exam.mutants),
            *(partial(self.variant, row) for row in exam.variants),
            *(partial(self.auth_case, row) for row in exam.auth_cases),
        )

    def task(self, task: Task) -> Iterator[Result]:
        """Its gold writes one after the other, each also a second time, and the database then."""
        desk = Desk(self.pack, self.shop.fresh())
        for row in self.exam.gold_of(task):
            outcome = _submit(desk, row)
            yield _allowed("gold", row.name, row, outcome)
            if row.is_allowed and row.name not in MAY_BE_REPEATED:
                yield self._repeated(row, desk.database)
        yield from (
            _compared(diff, self.shop, desk) for diff in self.exam.diffs if diff.task == task
        )

    def _repeated(self, row: Gold, database: Database) -> Result:
        """The same write once more, confirmed anew, in another conversation."""
        desk = Desk(self.pack, database.fresh())
        outcome = _submit(desk, row)
        harmless = outcome.answer == "refuse" or is_same(database, desk.database)
        return _result("repeated", row.name, row, "refused or without effect", outcome, harmless)

    def limits(self, row: Gold) -> Iterator[Result]:
        """The write under several limits: a person is asked exactly when it is above."""
        if not row.is_allowed:
            return
        amount_cents = cents(row.refund_amount or 0)
        for limit_cents in limits_around(amount_cents):
            pack = with_limit(self.pack, limit_cents)
            desk = Desk(pack, self.before(row.task, row.write_index))
            outcome = _submit(desk, row, do=False)
            wanted = "ask" if amount_cents > limit_cents else "allow"
            under = f"{wanted} at a limit of {limit_cents / 100:.2f}"
            yield _result("limits", row.name, row, under, outcome, outcome.answer == wanted)

    def mutant(self, row: Mutant) -> Iterator[Result]:
        """A write that breaks one rule: the first thing that is said against it is that rule."""
        wanted = f"refused for {' or '.join(row.expect_codes)}"
        try:
            database = patch(self.before(row.task, row.before_write_index), row.db_patch)
        except UnreadableExamError as error:
            yield Result("mutants", row.kind, row, wanted, "broken", is_right=False, why=str(error))
            return
        session = Desk(self.pack, database).session_of(row.session_user)
        confirmed = row.confirmed.proposed if row.confirmed else None
        outcome = session.submit(row.proposed, confirmed=confirmed, do=False)
        named = bool({*outcome.codes[:1]} & {*row.expect_codes})
        caught = outcome.answer == "refuse" and named
        yield _result("mutants", row.kind, row, wanted, outcome, caught)

    def variant(self, row: Variant) -> Iterator[Result]:
        """Another write that is as right as the gold one."""
        desk = Desk(self.pack, self.before(row.task, row.before_write_index))
        yield _allowed("variants", row.kind, row, _submit(desk, row))

    def auth_case(self, row: AuthCase) -> Iterator[Result]:
        """Somebody says who they are, in a session that may be somebody's already."""
        desk = Desk(self.pack, self.shop.fresh())
        session = desk.session_of(row.session_user)
        if row.session_user:
            session.greeted()
        session.asker = _asker(row)
        evidence = session.greeted()
        user = evidence.customer.id if evidence.customer else None
        second = any(SECOND_USER in one for one in evidence.troubles)
        code = SECOND_USER if second else None
        yield Result(
            "identity",
            row.kind,
            row,
            wanted=row.expect_code or row.expect_user or "nobody",
            got=code or user or "nobody",
            is_right=(user, code) == (row.expect_user, row.expect_code),
            why="; ".join(evidence.troubles),
        )

    def before(self, task: Task, write_index: int) -> Database:
        """The shop as the task's gold writes before this one leave it, ours alone to change."""
        if (task, write_index) not in self._before:
            desk = Desk(self.pack, self.shop.fresh())
            for row in self.exam.gold_of(task):
                if row.write_index < write_index and row.is_allowed:
                    _submit(desk, row)
            self._before[task, write_index] = desk.database
        return self._before[task, write_index].fresh()


def _submit(desk: Desk, row: Gold | Variant, *, do: bool = True) -> Outcome:
    """The write in a session of its user's, who has said yes to exactly that."""
    session = desk.session_of(row.session_user)
    return session.submit(row.proposed, confirmed=row.proposed, do=do)


def _allowed(group: str, kind: str, row: Gold | Variant, outcome: Outcome) -> Result:
    """Sent, done and read back; or refused, where the shop itself said no to its gold write."""
    if row.is_allowed:
        done = outcome.answer == "allow" and outcome.done
        return _result(group, kind, row, "allowed and done", outcome, done)
    return _result(group, kind, row, "refused", outcome, outcome.answer == "refuse")


def _compared(diff: Diff, before: Database, desk: Desk) -> Result:
    """The database as the task leaves it, against what it should be."""
    wrong = list(differences(diff, before, desk.database))
    return Result(
        "database",
        "after the gold writes",
        diff,
        wanted="as expected",
        got=f"{len(wrong)} differences" if wrong else "as expected",
        is_right=not wrong,
        why="; ".join(wrong),
    )


def _result(
    group: str, kind: str, row: Row, wanted: str, outcome: Outcome, is_right: bool
) -> Result:
    codes = ", ".join(outcome.codes)
    got = f"{outcome.answer}{f' for {codes}' if codes else ''}"
    return Result(group, kind, row, wanted, got, is_right, outcome.words)


def _asker(row: AuthCase) -> Asker:
    """Who somebody says they are, as the shop's own lookups for users take it."""
    said = row.arguments
    if "email" in said:
        return Asker(email=said["email"])
    return Asker(email="", name=f"{said['first_name']} {said['last_name']}, {said['zip']}")
