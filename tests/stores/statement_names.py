"""The names of all Cypher statements, as their files have them."""

from importlib.resources import files

NAMES = sorted(
    file.name.removesuffix(".cypher") for file in files("cypher").iterdir() if file.name.endswith(".cypher")
)
SCHEMA = sorted(
    f"schema/{file.name.removesuffix('.cypher')}" for file in files("cypher").joinpath("schema").iterdir()
)
