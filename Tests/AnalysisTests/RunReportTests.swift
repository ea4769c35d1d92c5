import Analysis
import Testing
import Trace

@Suite struct RunReportTests {
    static func smallRun() -> Trace {
        var builder = TraceBuilder(scenario: "orchestration", seed: 42)
        builder.declare("web", .client)
        builder.declare("dashboard", .flow)
        builder.declare("sql", .backend)
        builder.declare("rest", .backend)
        builder.declare("memory", .cache)
        builder.add(0, .capacityChanged, "sql", value: -1)
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        builder.add(0, .cacheMiss, "memory", "summary")
        builder.call(0, 500, "sql", "sales", in: root)
        builder.close(500, root)
        let second = builder.open(600, .requestStarted, "web", "dashboard")
        builder.call(600, 601.5, "sql", "sales", in: second, outcome: .failed)
        builder.close(601.5, second, .failed)
        builder.end(60_000)
        return builder.trace
    }

    @Test func theJsonHasTheDocumentedKeysInTheirOrder() {
        let trace = Self.smallRun()
        #expect(
            RunReport(TraceIndex(trace)).json.pretty == """
                {
                  "scenario": "orchestration",
                  "seed": 42,
                  "digest": "\(trace.digest)",
                  "events": 16,
                  "virtualMs": 60000,
                  "flows": {
                    "dashboard": {
                      "requests": 2,
                      "ok": 1,
                      "failed": 1,
                      "degraded": 0,
                      "latencyMs": {
                        "mean": 250.75,
                        "p50": 1.500159,
                        "p95": 500,
                        "p99": 500,
                        "max": 500
                      }
                    }
                  },
                  "backends": {
                    "sql": {
                      "calls": 2,
                      "callers": {
                        "web": 2
                      },
                      "ok": 1,
                      "failed": 1,
                      "rejected": 0,
                      "timedOut": 0,
                      "maxInFlight": 1,
                      "maxQueued": 0,
                      "latencyMs": {
                        "mean": 250.75,
                        "p50": 1.500159,
                        "p95": 500,
                        "p99": 500,
                        "max": 500
                      }
                    },
                    "rest": {
                      "calls": 0,
                      "callers": {},
                      "ok": 0,
                      "failed": 0,
                      "rejected": 0,
                      "timedOut": 0,
                      "maxInFlight": 0,
                      "maxQueued": 0,
                      "latencyMs": {
                        "mean": null,
                        "p50": null,
                        "p95": null,
                        "p99": null,
                        "max": null
                      }
                    }
                  },
                  "policies": {},
                  "caches": {
                    "memory": {
                      "lookups": 0,
                      "hits": 0,
                      "misses": 1,
                      "abandoned": 0,
                      "expired": 0,
                      "stored": 0,
                      "evictions": 0,
                      "invalidated": 0,
                      "stale": 0,
                      "expiredServed": 0,
                      "joined": 0,
                      "refreshes": 0,
                      "written": 0,
                      "coalesced": 0,
                      "flushes": 0,
                      "dirty": 0,
                      "maxDirty": 0,
                      "lost": 0,
                      "entries": 0,
                      "hitRatio": 0
                    }
                  },
                  "balancers": {}
                }

                """)
    }

    @Test func theTableIsAligned() {
        let trace = Self.smallRun()
        #expect(
            RunReport(TraceIndex(trace)).table == """
                orchestration  seed 42  16 events  60 s  digest \(trace.digest)

                flow       requests  ok  failed
                dashboard         2   1       1

                backend  calls  ok  failed  rejected  timed out  max in flight  max queued
                sql          2   1       1         0          0              1           0
                rest         0   0       0         0          0              0           0

                latency, ms  mean   p50  p95  p99  max
                dashboard     251  1.50  500  500  500
                sql           251  1.50  500  500  500
                What failed is counted too.

                cache   hits  misses  hit ratio  evicted  expired  stored  invalidated
                memory     0       1       0.0%        0        0       0            0

                """)
    }

    @Test func aTableForEachKindOfLayerThatThereIs() {
        let table = RunReport(TraceIndex(GuardedTrace.make())).table
        #expect(table.contains("flow  requests  ok  failed  degraded\npage         1   1       0         1\n"))
        #expect(
            table.hasSuffix(
                """

                timeout          passed  fired
                guarded.timeout       0      1

                retry          passes  attempts  retries  given up  recovered
                guarded.retry       1         2        1         0          0

                bulkhead          passed  queued  rejected  shed  max inside  max queued
                guarded.bulkhead       2       1         0     0           1           1

                fallback          used  kept
                guarded.fallback     1     0

                """))
    }

    @Test func aTableForPoolsAndOneForTheirServers() {
        var builder = TraceBuilder()
        builder.declare("shop", .balancer)
        for name in ["s1", "s2"] { builder.declare(name, .backend) }
        builder.declare("memory", .cache)
        for name in ["s1", "s2"] { builder.add(0, .serverJoined, "shop", name, value: 1_000_000) }
        for name in ["s1", "s2", "s1"] { builder.add(1, .balancerPicked, "shop", name, value: 1) }
        builder.add(1, .keyMoved, "shop", "key")
        builder.add(1, .serverDown, "shop", "s2")
        builder.add(1, .balancerRefused, "shop")
        builder.add(1, .cacheWritten, "memory", "key")
        builder.add(1, .cacheDirtied, "memory", "key", value: 1)
        builder.end(501)
        #expect(
            RunReport(TraceIndex(builder.trace)).table.hasSuffix(
                """
                cache   hits  misses  hit ratio  evicted  expired  stored  invalidated  written  max dirty
                memory     0       0          -        0        0       0            0        1          1

                balancer  picks  refused  moved  ejections  panics  imbalance
                shop          3        1      1          0       0       1.33

                server  picks  share  down  down, s  ejections
                s1          2  66.7%     0        0          0
                s2          1  33.3%     1      0.5          0

                """))
    }

    @Test func namesCannotReachTheTerminalAsControlSequences() {
        var builder = TraceBuilder(scenario: "a\u{1b}[2Jb")
        builder.declare("x\u{9b}31m\n\u{7f}\"y\\", .backend)
        let report = RunReport(TraceIndex(builder.trace))
        for text in [report.json.pretty, report.json.compact, report.csv, report.table] {
            let controls = text.unicodeScalars.filter { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
            #expect(controls.allSatisfy { $0 == "\n" || $0 == "\r" })
        }
        #expect(report.json.compact.contains(#""x\u009b31m\n\u007f\"y\\""#))
    }

    @Test func numbersReadBackAsTheyWere() {
        let numbers: [(Double, String)] = [
            (0, "0"), (-0.5, "-0.5"), (1e15, "1000000000000000"), (1e16, "1e+16"), (500, "500"), (0.1, "0.1"),
            (1e-7, "1e-07"), (.nan, "null"),
            (.infinity, "null"),
        ]
        for (number, text) in numbers { #expect(JSON.number(number).compact == text) }
        #expect(JSON.unsigned(.max).compact == "18446744073709551615")
        #expect(JSON.array([.bool(true), .null, .object([]), .array([])]).compact == "[true,null,{},[]]")
    }

    /// Reports of every kind of run against the schema in `docs`, which must be strict enough to refuse other keys.
    @Test(.enabled(if: Oracle.isReady)) func theJsonMatchesItsSchema() throws {
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1] + '/docs/run.schema.json'))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            reports = [json.loads(line) for line in sys.stdin]
            for report in reports:
                validator.validate(report)
            full = reports[0]
            def broken(change):
                copy = json.loads(json.dumps(full)); change(copy); return not validator.is_valid(copy)
            assert broken(lambda r: r.update(extra=1))
            assert broken(lambda r: r.pop('balancers'))
            assert broken(lambda r: r['flows']['dashboard'].update(p50=1))
            assert broken(lambda r: r['backends']['sql']['latencyMs'].update(mean='1 ms'))
            assert broken(lambda r: r.update(digest='XYZ'))
            pools = reports[21]
            assert set(pools['balancers']['shop']['picks']) <= {'s1', 's2', 's3', 's4'}
            assert sum(pools['balancers']['shop']['picks'].values()) > 0 and pools['caches']['products']['hits'] > 0
            full = pools
            assert broken(lambda r: r['balancers']['shop'].pop('picks'))
            assert broken(lambda r: r['balancers']['shop']['servers']['s1'].update(calls=1))
            assert broken(lambda r: r['caches']['products'].pop('maxDirty'))
            guarded = reports[-1]['policies']['guarded']
            assert list(guarded) == ['fallback', 'timeout', 'retry', 'breaker', 'bulkhead', 'timeout2']
            full = reports[-1]
            assert broken(lambda r: r['policies']['guarded']['retry'].update(opened=1))
            assert broken(lambda r: r['policies']['guarded']['breaker'].pop('openTimeMs'))
            print(len(reports))
            """
        var traces = [Self.smallRun(), Trace(scenario: "empty", seed: .max)]
        for seed in 1..<20 as Range<UInt64> { traces.append(RandomTrace.make(seed: seed, requests: 40)) }
        for seed in 1..<10 as Range<UInt64> { traces.append(RandomPoolTrace.make(seed: seed, steps: 200)) }
        for seed in 1..<10 as Range<UInt64> { traces.append(RandomPolicyTrace(seed: seed, requests: 40).trace) }
        let lines = traces.map { RunReport(TraceIndex($0)).json.compact }.joined(separator: "\n")
        #expect(try Oracle.run(script, input: lines) == "\(traces.count)\n")
    }

    /// What another implementation reads from the CSV is what the JSON says.
    @Test(.enabled(if: Oracle.isReady)) func theCsvSaysWhatTheJsonSays() throws {
        let script = """
            import csv, io, json, sys
            text = sys.stdin.buffer.read().decode()
            head, body = text.split('\\n', 1)
            report = json.loads(head)
            assert body.replace('\\r\\n', '').count('\\n') == 0
            rows = list(csv.reader(io.StringIO(body, newline='')))
            assert rows[0] == ['section', 'name', 'metric', 'value']
            found = {tuple(row[:3]): row[3] for row in rows[1:]}
            expected = {}
            def walk(place, path, value):
                if isinstance(value, dict):
                    for key, item in value.items(): walk(place, path + [key], item)
                else:
                    expected[(*place, '.'.join(path))] = value
            for section, value in report.items():
                if isinstance(value, dict):
                    for name, item in value.items(): walk((section, name), [], item)
                else:
                    walk(('run', ''), [section], value)
            assert found.keys() == expected.keys(), found.keys() ^ expected.keys()
            for key, value in expected.items():
                text = found[key]
                assert text == ('' if value is None else value if isinstance(value, str) else text)
                if isinstance(value, (int, float)): assert float(text) == value
            print(len(expected))
            """
        var builder = TraceBuilder(scenario: "a \"quoted\", name")
        builder.declare("one,two", .backend)
        let policies = RandomPolicyTrace(seed: 9, requests: 50).trace
        let pools = RandomPoolTrace.make(seed: 9, steps: 200)
        for trace in [builder.trace, Self.smallRun(), RandomTrace.make(seed: 9, requests: 50), policies, pools] {
            let report = RunReport(TraceIndex(trace))
            let count = try Oracle.run(script, input: report.json.compact + "\n" + report.csv)
            #expect((Int(count.dropLast()) ?? 0) >= 5)
        }
    }
}
