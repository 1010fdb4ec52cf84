"""The emulator as a process of its own, which lives as long as its standard input stays open."""

import os
import shutil
import signal
import sys
import threading

from scripts.local_stack.corrections import correct, without_docker
from scripts.local_stack.workers import share_workers


def stop_with_the_parent(home: str) -> None:
    """Ends this process when whoever started it is gone, however that came about."""
    sys.stdin.buffer.read()
    shutil.rmtree(home, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    home = sys.argv.pop(1)
    threading.Thread(target=stop_with_the_parent, args=(home,), daemon=True).start()
    with without_docker():
        correct()
        share_workers()
        from ministack.app import main

        main()
