"""A real mail server on loopback, which can be stopped, started again, and made to refuse."""

from __future__ import annotations

import email
import email.policy
import socket
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class _Keeps:
    """Keeps what is handed in; refuses some addresses."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return f"550 {address} is not known here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.raw.append(bytes(envelope.content))
        return "250 OK"


class MailServer:
    """Stands on one port for its whole life, up or down."""

    def __init__(self) -> None:
        self.handler = _Keeps()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self.handler, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def refuse(self, *addresses: str) -> None:
        self.handler.refused = set(addresses)

    @property
    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.handler.raw]

    @property
    def sent_to(self) -> list[str]:
        return [str(message["To"]) for message in self.messages]
