"""What a server does each second, beside answering. A chore that fails is logged, and tried again a second later."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

Chore = Callable[[], Awaitable[None]]

_SECONDS: Final = 1.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def each_second(*chores: Chore) -> AsyncIterator[None]:
    """While this lasts each chore is done once a second; none waits for another."""
    tasks = [asyncio.create_task(_repeat(chore)) for chore in chores]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _repeat(chore: Chore) -> None:
    while True:
        try:
            await chore()
        except Exception as error:
            logger.error("what is done each second was not", exc_info=error)
        await asyncio.sleep(_SECONDS)
