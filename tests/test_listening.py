"""The head of an answer and its body go to the operating system in one call, and in their order."""

import asyncio
from collections.abc import Callable

from server.listening import OneCall


class Transport(asyncio.Transport):
    """Notes what it is told to do."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bytes | str] = []

    def write(self, data: object) -> None:
        self.told.append(bytes(data))  # type: ignore[call-overload]

    def close(self) -> None:
        self.told.append("close")


def told_after(*turns: Callable[[OneCall], None]) -> list[bytes | str]:
    """What a client's transport was told, when each of these was done in a turn of the event loop of its own."""
    transport = Transport()

    async def writing() -> None:
        one = OneCall(transport)
        for turn in turns:
            turn(one)
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    asyncio.run(writing())
    return transport.told


def head_and_body(one: OneCall) -> None:
    one.write(b"head ")
    one.write(bytearray(b"body"))


def test_what_is_written_in_one_turn_goes_out_in_one_call() -> None:
    assert told_after(head_and_body, head_and_body) == [b"head body", b"head body"]


def test_what_was_written_goes_out_before_the_client_is_let_go() -> None:
    def and_close(one: OneCall) -> None:
        head_and_body(one)
        one.close()

    assert told_after(and_close) == [b"head body", "close"]


def test_a_buffer_that_is_changed_after_it_was_written_goes_out_as_it_was() -> None:
    def changing(one: OneCall) -> None:
        buffer = bytearray(b"body")
        one.write(buffer)
        buffer[:] = b"gone"

    assert told_after(changing) == [b"body"]


def test_a_client_that_is_told_nothing_is_let_go() -> None:
    assert told_after(OneCall.close) == ["close"]
