import Foundation
import Model
import Scenario
import TestPrograms
import Testing
import Trace
import Workshop

/// `ensayo run`.
@Suite struct RunTests {
    private static let shop = """
        seed: 3
        duration: 10s
        backends:
          sql: { latency: { lognormal: { p50: 20ms, p99: 90ms } }, concurrency: 2 }
        flows:
          page: [ { call: sql.read } ]
        clients:
          web: { flow: page, arrivals: { poisson: 20/s } }
        """
    private static let python = Program.python(having: "jsonschema")

    private let ensayo: Ensayo

    init() throws {
        ensayo = try Ensayo()
        try ensayo.write(Self.shop, "shop.yaml")
    }

    private func json(_ arguments: String) throws -> [String: Any] {
        let data = Data(try ensayo.output("run \(arguments) --format json").utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func digest(_ arguments: String) throws -> String {
        let line = try ensayo.output("run \(arguments) --digest")
        #expect(line.count == 17 && line.hasSuffix("\n"))
        return String(line.dropLast())
    }

    @Test func theFiguresOfTheLessonAreThoseOfItsTable() throws {
        let flows = try #require(try json("orchestration")["flows"] as? [String: [String: Any]])
        func longest(_ flow: String) -> Double? { (flows[flow]?["latencyMs"] as? [String: Double])?["max"] }
        #expect(longest("dashboard_sequential") == 1500)
        #expect(longest("dashboard_parallel") == 500)
        let table = try ensayo.output("run orchestration")
        #expect(table.contains("1500") && table.contains("dashboard_cached"))
        #expect(table.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func everyFormatTellsOfTheSameRun() throws {
        let digest = try digest("shop.yaml")
        #expect(try json("shop.yaml")["digest"] as? String == digest)
        #expect(try ensayo.output("run shop.yaml").contains(digest))
        #expect(try ensayo.output("run shop.yaml --format csv").contains("run,,digest,\(digest)\r\n"))
    }

    /// A fresh process computes what this one does.
    @Test func theDigestIsThatOfTheRunAnywhere() throws {
        let document = try ScenarioDocument(yaml: Self.shop, file: "shop.yaml")
        #expect(try digest("shop.yaml") == Run(document).trace().digest.description)
        #expect(try digest("shop.yaml --seed 12") == Run(document, seed: 12).trace().digest.description)
        let lesson = try LessonLibrary(folder: Ensayo.root.appendingPathComponent("Lessons").path).load("orchestration")
        let main = try #require(lesson.scenario(lesson.main)).document
        #expect(try digest("orchestration") == Run(main).trace().digest.description)
        #expect(try digest("1") == digest("orch"))
    }

    @Test func optionsChangeTheRunAndNothingElseDoes() throws {
        let plain = try digest("shop.yaml")
        #expect(try digest("shop.yaml") == plain)
        #expect(try digest("shop.yaml --seed 3") == plain)
        #expect(try digest("./shop.yaml --set backends.sql.concurrency=2") == plain)
        let others = try [
            digest("shop.yaml --seed 4"), digest("shop.yaml --set backends.sql.concurrency=1"),
            digest("shop.yaml --set clients.web.arrivals.poisson=30/s"), digest("shop.yaml --until 5s"),
        ]
        #expect(Set(others + [plain]).count == 5)
        let killed = try ensayo.run([
            "run", "shop.yaml", "--do", "at 2s: kill sql", "--do", "at 3s: restore sql", "--digest",
        ])
        let document = try ScenarioDocument(yaml: Self.shop, file: "shop.yaml")
        let changes = [
            Intervention(at: .seconds(2), action: .kill(backend: "sql")),
            Intervention(at: .seconds(3), action: .restore(backend: "sql")),
        ]
        #expect(killed.output == "\(try Run(document, interventions: changes).trace().digest)\n")
    }

    /// Stopping early shows the beginning of the same run.
    @Test func untilCutsTheRun() throws {
        let document = try ScenarioDocument(yaml: Self.shop, file: "shop.yaml")
        let whole = try Run(document).trace()
        let cut = try Run(document).trace(until: .milliseconds(5000))
        #expect(cut.events == Array(whole.events.prefix(whole.eventCount(through: .milliseconds(5000)))))
        #expect(cut.end == .milliseconds(5000))
        #expect(try digest("shop.yaml --until 5s") == cut.digest.description)
        #expect(try digest("shop.yaml --until 99h") == whole.digest.description)
        #expect(try json("orchestration --until 1s")["virtualMs"] as? Double == 1000)
    }

    @Test func aScenarioComesFromAPipeToo() throws {
        let outcome = try ensayo.run(["run", "/dev/stdin", "--digest"], input: Self.shop + "\nname: shop\n")
        #expect(outcome.output == "\(try digest("shop.yaml"))\n")
    }

    /// Checked by a library that we did not write.
    @Test(
        .enabled(if: python != nil, "no Python with jsonschema: run scripts/test"),
        arguments: [
            "orchestration", "orchestration --scenario fan-out", "shop.yaml --until 0s",
            "shop.yaml --seed 18446744073709551615",
        ])
    func jsonIsAsTheSchemaSays(arguments: String) throws {
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            validator = jsonschema.validators.validator_for(schema)
            validator.check_schema(schema)
            validator(schema).validate(json.load(sys.stdin))
            """
        let outcome = try Program.run(
            try #require(Self.python), ["-c", script, Ensayo.root.appendingPathComponent("docs/run.schema.json").path],
            input: try ensayo.output("run \(arguments) --format json"))
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
