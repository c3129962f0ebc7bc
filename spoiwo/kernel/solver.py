"""A HiGHS solver that says nothing: the library greets once in a process, on the standard output of whoever uses it."""

import ctypes
import os
import threading

import highspy

_greeting = threading.Lock()
_greeted = False


def quiet_solver() -> highspy.Highs:
    """A new solver, silent from its first moment on; a command that prints JSON prints nothing else."""
    global _greeted
    with _greeting:
        if _greeted:
            solver = highspy.Highs()
        else:
            solver = _after_the_greeting()
            _greeted = True
    solver.silent()
    return solver


def _after_the_greeting() -> highspy.Highs:
    """The first solver of a process, made while the standard output leads nowhere."""
    libc = ctypes.CDLL(None)
    libc.fflush(None)  # what C wrote before goes where it was meant to go
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        solver = highspy.Highs()
        libc.fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    return solver
