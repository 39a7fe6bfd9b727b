"""What all tests may ask for: the two real Neo4j servers and a browser, each started by the first test that asks.

How long an example takes is no matter: the machine may have much else to do. What is drawn is as Hypothesis has it, the
same each time where the environment has CI.
"""

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.sharing_out",
    "tests.tracing",
    "tests.neo4j_server.pytest_plugin",
    "tests.browsing",
    "tests.looking_over",
]

settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
