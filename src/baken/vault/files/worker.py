"""Take one image, PDF or Office document apart, in a process that can do little: `python -m baken.vault.files.worker`.

The file comes on standard input and the cleaned one goes to standard output, after one line: ``ok MEDIA-TYPE`` or
``no REASON``. It may use 1 GB of memory and 30 seconds, and can write no file and start no process, so a bomb or a flaw
in a decoder takes nothing down and leaves nothing behind.
"""

from __future__ import annotations

import resource
import sys
from typing import BinaryIO

from baken.vault.files.reasons import Reason, Unacceptable

MEMORY = 1024**3
SECONDS = 30
_COPY = 256 * 1024


def confine() -> None:
    """Give up what this process does not need. There is no way back."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def cleaned(way: str, media_type: str, raw: bytes) -> tuple[str, bytes]:
    """Media type and bytes. Each library is loaded only for its own kind of file."""
    if way == "image":
        from baken.vault.files.images import clean_image

        return clean_image(raw, media_type)
    if way == "pdf":
        from baken.vault.files.pdf import clean_pdf

        return media_type, clean_pdf(raw)
    from baken.vault.files.office import clean_office

    return clean_office(raw)


def main(way: str, media_type: str, source: BinaryIO, target: BinaryIO) -> int:
    """Read, clean, write; 0 when all of it was written, also when that is a refusal."""
    try:
        found, content = cleaned(way, media_type, source.read())
    except Unacceptable as refused:
        target.write(f"no {refused.reason}\n".encode())
        return 0
    except (MemoryError, RecursionError):
        target.write(f"no {Reason.TOO_MUCH_INSIDE}\n".encode())
        return 0
    target.write(f"ok {found}\n".encode())
    view = memoryview(content)
    for start in range(0, len(view), _COPY):
        target.write(view[start : start + _COPY])
    target.flush()
    return 0


if __name__ == "__main__":
    confine()
    raise SystemExit(main(sys.argv[1], sys.argv[2], sys.stdin.buffer, sys.stdout.buffer))
