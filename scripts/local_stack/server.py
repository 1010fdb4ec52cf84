"""The emulator as a process of its own, which lives as long as its standard input stays open."""

import os
import signal
import sys
import threading

from scripts.local_stack.corrections import correct, without_docker


def stop_with_the_parent() -> None:
    """Ends this process when whoever started it is gone, however that came about."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=stop_with_the_parent, daemon=True).start()
    with without_docker():
        correct()
        from ministack.app import main

        main()
