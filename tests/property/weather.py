"""What can go wrong around a turn, at every step outside: it dies, or another one comes between."""

import threading
from collections.abc import Callable, Sequence
from typing import Any


class DiedError(BaseException):
    """The process is gone in this moment; nothing of it catches that."""


class Weather:
    """Where runs die: each call outside may be its last, before it is made or after it."""

    def __init__(self, deaths: Sequence[int] = (), turns: Sequence[int] = ()) -> None:
        self._deaths = frozenset(deaths)
        self._choices = tuple(turns) or (0,)
        self._calls = 0
        self._mine = threading.local()
        self._go: list[threading.Semaphore] = []
        self._back = threading.Semaphore(0)

    def around(self, port: Any, *verbs: str) -> Any:
        """The port, which lets others go first and may not come back."""
        return _Exposed(port, frozenset(verbs), self)

    def all_at_once(self, *runs: Callable[[], None]) -> None:
        """Lets them run by turns, one step outside after the other, as chance has it."""
        self._go = [threading.Semaphore(0) for _ in runs]
        alive, thrown = list(range(len(runs))), list[BaseException]()

        def live(number: int, run: Callable[[], None]) -> None:
            self._mine.number = number
            self._go[number].acquire()
            try:
                run()
            except BaseException as error:
                thrown.append(error)
            alive.remove(number)
            self._back.release()

        threads = [threading.Thread(target=live, args=one) for one in enumerate(runs)]
        for thread in threads:
            thread.start()
        step = 0
        while alive:
            number = alive[self._choices[step % len(self._choices)] % len(alive)]
            step += 1
            self._go[number].release()
            self._back.acquire()
        for thread in threads:
            thread.join()
        if thrown:
            raise thrown[0]

    def step(self, call: Callable[[], Any]) -> Any:
        """One call outside."""
        self._let_others_go_first()
        place = self._calls
        self._calls += 1
        if 2 * place in self._deaths:
            raise DiedError(f"before call {place}")
        answer = call()
        if 2 * place + 1 in self._deaths:
            raise DiedError(f"after call {place}")
        return answer

    def _let_others_go_first(self) -> None:
        number = getattr(self._mine, "number", None)
        if number is not None:
            self._back.release()
            self._go[number].acquire()


class _Exposed:
    def __init__(self, port: Any, verbs: frozenset[str], weather: Weather) -> None:
        self._port, self._verbs, self._weather = port, verbs, weather

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._port, name)
        if name not in self._verbs:
            return verb

        def exposed(*given: Any, **named: Any) -> Any:
            return self._weather.step(lambda: verb(*given, **named))

        return exposed
