"""Validates documents against a JSON Schema, as editors do: {"folder", "schema", "documents": {NAME: DOCUMENT}}.

Prints a line for each document that is not valid: its name, the place, what is wrong there.
"""

import json
import pathlib
import sys

import jsonschema
from referencing import Registry, Resource

request = json.load(sys.stdin)
folder = pathlib.Path(request["folder"])
names = ["scenario.schema.json", "lesson.schema.json"]
schemas = {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in names}
registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
for schema in schemas.values():
    jsonschema.Draft7Validator.check_schema(schema)
schema = dict(schemas[request["schema"]])
if request.get("isPart"):
    # A part of a file need not have what a file needs.
    schema.pop("anyOf", None)
    schema.pop("required", None)
validator = jsonschema.Draft7Validator(schema, registry=registry)
for name, document in request["documents"].items():
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    if error is not None:
        place = ".".join(str(part) for part in error.absolute_path)
        print(f"{name}: {place}: {error.message[:200]}")
