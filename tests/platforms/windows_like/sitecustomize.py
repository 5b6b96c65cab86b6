"""Lets every Python process that finds this lack what Python lacks on Windows.

What the standard library took from there before stays, for on this system it needs it. ``sys.platform`` and the paths
are still those of this system.
"""

import asyncio  # noqa: F401
import concurrent.futures.process  # noqa: F401
import multiprocessing
import multiprocessing.popen_spawn_posix
import os
import select
import selectors  # noqa: F401
import signal
import socket
import subprocess  # noqa: F401
import sys
import tempfile  # noqa: F401
from types import ModuleType

MODULES = ("fcntl", "grp", "pwd", "resource", "syslog", "termios")
NAMES: dict[ModuleType, str] = {
    os: (
        "chown fchmod fchown fork forkpty getegid geteuid getgid getloadavg getpgid getuid killpg mkfifo nice O_CLOEXEC"
        " O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH pread pwrite sched_getaffinity sendfile setsid statvfs"
        " sysconf uname wait4 WNOHANG"
    ),
    signal: (
        "alarm getitimer ITIMER_PROF ITIMER_REAL pause pthread_kill pthread_sigmask setitimer SIGALRM SIGCHLD SIGHUP"
        " SIGIO SIGKILL SIGPIPE SIGPROF SIGQUIT SIGUSR1 SIGUSR2 SIGXCPU SIGXFSZ SIG_BLOCK SIG_UNBLOCK sigwait"
    ),
    select: "epoll poll kqueue",
    socket: "AF_UNIX",
}

for module in MODULES:
    sys.modules[module] = None  # type: ignore[assignment]
for owner, names in NAMES.items():
    for name in names.split():
        if hasattr(owner, name):
            delattr(owner, name)
for abilities in ("supports_dir_fd", "supports_fd", "supports_follow_symlinks"):
    setattr(os, abilities, set())
vars(multiprocessing)["get_all_start_methods"] = lambda: ["spawn"]
