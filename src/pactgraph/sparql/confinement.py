"""A process that may open no socket: the second line of defence behind `pactgraph.sparql.gate`.

Linux on x86-64 and ARM64 (https://docs.kernel.org/userspace-api/seccomp_filter.html); elsewhere the gate stands
alone. The filter holds for the rest of the process's life and for its children.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_SYSCALL_NUMBER, _ARCHITECTURE = 0, 4
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER_MODE = 38, 22, 2
_X32_CALLS = 0x40000000

_MACHINES = {
    # machine: its audit number, then socket, socketpair, execve, execveat, io_uring_setup
    "x86_64": (0xC000003E, (41, 53, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_sockets() -> bool:
    """Makes every attempt to open a socket or to start a program fail; False where the system cannot."""
    if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
        return False
    code = _filter(*_MACHINES[platform.machine()])
    program = _Program(len(code) // 8, code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    refused = [
        *[(_JUMP_IF_EQUAL, len(calls) - index + 1, 0, call) for index, call in enumerate(calls)],
        (_JUMP_IF_AT_LEAST, 1, 0, _X32_CALLS),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    head = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 0, len(refused), architecture),
        (_LOAD, 0, 0, _SYSCALL_NUMBER),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in head + refused)
