"""A user number without a name (some containers): PostgreSQL's `initdb` refuses it.

Where Linux allows, `initdb` runs in a user namespace in which our number reads as nobody's, whose
name is known. Its files stay ours. Where Linux does not, `initdb` complains and we say why.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
NOBODY = 65534


def has_a_name() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True


def borrow_a_name() -> None:
    """For `preexec_fn`: from here on this process and its children are « nobody »."""
    user, group = os.geteuid(), os.getegid()
    if sys.platform != "linux" or ctypes.CDLL(None).unshare(CLONE_NEWUSER):
        return
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{NOBODY} {user} 1")
    (own / "gid_map").write_text(f"{NOBODY} {group} 1")
