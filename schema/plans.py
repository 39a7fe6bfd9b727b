"""The plans of queries that are kept ready, and answering by them: the data of an operation, or nothing.

Nothing where there is no plan, or where a field met an error: then graphql-core answers, which knows which part of the
data an error takes with it. But where that is all of it, as with a cursor of another list, the plan says so itself.
"""

import logging
from typing import Any, Final

from graphql import GraphQLError, GraphQLSchema
from graphql.execution.values import VariableValues

from schema.arguments import Arguments
from schema.compile import compile_plan
from schema.context import Asking
from schema.deadline import OutOfTime
from schema.errors import Refusal
from schema.long_texts import TooLong
from schema.plan import FieldRefused, NotCompiled, Plan
from schema.prepare import Prepared

_CHOICES: Final = 8
"""How many plans one query may have, by the choices that its @skip and @include make."""

logger = logging.getLogger(__name__)


class Plans:
    """Answers by plans. They are kept with the prepared query, and go with it."""

    def __init__(self, schema: GraphQLSchema, arguments: Arguments) -> None:
        self._schema = schema
        self._arguments = arguments

    def data(self, asking: Asking, prepared: Prepared, values: VariableValues) -> Any:
        """What the operation gives, if it meets no error. values: of its variables.

        Raises OutOfTime, TooLong, FieldRefused.
        """
        try:
            plan = self.plan(prepared, values)
            return None if plan is None else plan.run(asking, plan.asked(self._arguments, values))
        except (Refusal, GraphQLError):
            return None
        except (OutOfTime, TooLong, FieldRefused):
            raise
        except Exception as error:
            logger.error("a plan failed; graphql-core answers instead", exc_info=error)
            return None

    def plan(self, prepared: Prepared, values: VariableValues) -> Plan | None:
        """The plan for these choices, or None: it is not compiled."""
        told = map(values.coerced.get, prepared.conditions)
        choice = tuple(
            value if isinstance(value, bool) else None for value in told
        )  # another operation's: of any type
        if choice not in prepared.plans:
            if len(prepared.plans) >= _CHOICES:
                return None
            prepared.plans[choice] = self._compiled(prepared, values)
        return prepared.plans[choice]

    def _compiled(self, prepared: Prepared, values: VariableValues) -> Plan | None:
        try:
            return compile_plan(self._schema, self._arguments, prepared.document, prepared.operation, values)
        except (NotCompiled, GraphQLError):
            return None
        except Exception as error:
            logger.error("a query could not be compiled; graphql-core answers it", exc_info=error)
            return None
