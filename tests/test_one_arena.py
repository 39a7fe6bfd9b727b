"""Threads that come one after the other use the memory that those before them let go of."""

import subprocess
import sys

ARENAS = """
import ctypes, os, threading
from server.one_arena import use_one_arena

{first}
all_there = threading.Barrier(4)
def work():
    taken = bytearray(100_000)
    all_there.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


def arenas(first: str) -> int:
    """How many glibc has made for four threads that work at the same time."""
    command = [sys.executable, "-c", ARENAS.format(first=first)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.count("<heap nr=")


def test_threads_share_one_arena_where_each_would_have_one_of_its_own() -> None:
    assert (arenas("use_one_arena()"), arenas("") > 1) == (1, True)
