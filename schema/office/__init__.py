"""The office's schema: its own types, one concept a module. Nothing of the partner's schema knows of it.

Where the fields of a further concept go:
- a field of the query: a class in the concept's module, put together with the others in `schema.office.query`;
- a field of HeldRecord or HeldLink: a class that extends `OfRecord` or `OfLink` (`schema.office.held`) in the concept's
  module, named among the bases of that type in `schema.office.record` or `schema.office.link`;
- a mutation: a class in the concept's module, put together in `schema.office.mutation`.
A module refers to HeldRecord and HeldLink by `Annotated[..., strawberry.lazy("schema.office.record")]`, and makes them
by `info.context.record(id)` and `info.context.link(id)`, which give None where the reader may not know of it.
"""
