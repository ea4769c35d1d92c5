import Foundation
import TestPrograms
import Testing

/// `ensayo export`.
@Suite struct ExportTests {
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

    private let ensayo: Ensayo

    init() throws {
        ensayo = try Ensayo()
        try ensayo.write(Self.shop, "shop.yaml")
    }

    private func lines(_ text: String) -> [Substring] { text.split(whereSeparator: \.isNewline) }

    @Test func mermaidDrawsTheRequestAskedFor() throws {
        let diagram = try ensayo.output("export orchestration --as mermaid")
        #expect(diagram.hasPrefix("sequenceDiagram\n"))
        #expect(diagram.contains("sequential->>+sql: calculate_metrics"))
        #expect(
            try ensayo.output("export shop.yaml --as mermaid --request 2")
                != ensayo.output("export shop.yaml --as mermaid"))
    }

    @Test(arguments: ["chrome-trace", "otlp-json"]) func documentsAreJson(format: String) throws {
        let data = Data(try ensayo.output("export shop.yaml --as \(format)").utf8)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: data) }
    }

    @Test func csvHoldsTheTableAskedFor() throws {
        #expect(try ensayo.output("export shop.yaml --as csv").hasPrefix("section,name,metric,value\r\n"))
        let requests = lines(try ensayo.output("export shop.yaml --as csv --table requests"))
        let spans = lines(try ensayo.output("export shop.yaml --as csv --table spans --only sql"))
        #expect(requests.count > 150 && spans.count == requests.count)
        let events = lines(try ensayo.output("export shop.yaml --as csv --table events --request 7"))
        #expect(events.dropFirst().allSatisfy { $0.contains(",7,") } && events.count > 5)
    }

    @Test func jsonIsALineAnEvent() throws {
        let all = lines(try ensayo.output("export shop.yaml --as json"))
        let digest = try ensayo.output("run shop.yaml --digest").dropLast()
        #expect(all[0].contains(#""digest":"\#(digest)""#) && all[0].contains(#""events":\#(all.count - 1)"#))
        let some = lines(try ensayo.output("export shop.yaml --as json --from 1s --to 2s --only sql"))
        #expect(some.count > 20 && some.count < all.count / 5)
        #expect(some.dropFirst().allSatisfy { $0.contains(#""component":"sql""#) && all.contains($0) })
    }

    @Test func aFileIsWrittenWhole() throws {
        let text = try ensayo.output("export shop.yaml --as json")
        #expect(try ensayo.output("export shop.yaml --as json -o events.jsonl") == "")
        #expect(try String(contentsOf: ensayo.folder.url("events.jsonl"), encoding: .utf8) == text)
        expectRefused(try ensayo.run("export shop.yaml --as json -o nowhere/events.jsonl"), "nowhere/events.jsonl")
    }
}
