"""Reads OTLP/JSON on standard input with opentelemetry-proto and prints what it holds, one JSON line a span.

The parser is strict: an unknown field, a wrong type or a bad enum ends it. OTLP/JSON differs from protobuf's own JSON
in one thing: ids are hexadecimal (OTLP specification, "JSON Protobuf Encoding"). They are rewritten before parsing.
"""

import base64
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.trace.v1.trace_pb2 import TracesData

IDS = {"traceId": 16, "spanId": 8, "parentSpanId": 8}


def encoded(value):
    if isinstance(value, list):
        return [encoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for key, item in value.items():
        if key in IDS:
            raw = bytes.fromhex(item)
            assert item == item.lower() and len(raw) == IDS[key] and any(raw) or key == "parentSpanId" and not item
            result[key] = base64.b64encode(raw).decode()
        else:
            result[key] = encoded(item)
    return result


def main():
    data = json_format.ParseDict(encoded(json.load(sys.stdin)), TracesData())
    for resource in data.resource_spans:
        attributes = {item.key: item.value.string_value for item in resource.resource.attributes}
        for scope in resource.scope_spans:
            for span in scope.spans:
                assert span.start_time_unix_nano <= span.end_time_unix_nano
                assert all(span.start_time_unix_nano <= event.time_unix_nano for event in span.events)
                print(
                    json.dumps(
                        {
                            "service": attributes["service.name"],
                            "digest": attributes["ensayo.digest"],
                            "name": span.name,
                            "kind": span.kind,
                            "trace": span.trace_id.hex(),
                            "span": span.span_id.hex(),
                            "parent": span.parent_span_id.hex(),
                            "nanoseconds": span.end_time_unix_nano - span.start_time_unix_nano,
                            "events": [event.name for event in span.events],
                            "links": [link.span_id.hex() for link in span.links],
                            "code": span.status.code,
                        }
                    )
                )


main()
