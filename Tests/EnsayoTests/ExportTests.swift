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

    @Test func mermaidDrawsAStretchAndThoseAskedFor() throws {
        let second = try ensayo.output("export shop.yaml --as mermaid --from 0s --to 1s")
        let two = try ensayo.output("export shop.yaml --as mermaid --from 0s --to 2s")
        #expect(second.contains("web->>") && lines(two).count > lines(second).count)
        #expect(try !ensayo.output("export shop.yaml --as mermaid --from 0s --to 1s --only web").contains("sql"))
    }

    @Test func aDiagramIsExportedAsARun() throws {
        try ensayo.write("sequenceDiagram\nWeb->>Shop: page\nNote over Shop: 80ms\nShop-->>Web: ok\n", "page.mmd")
        let diagram = try ensayo.output("export page.mmd --as mermaid")
        #expect(diagram.contains("Web->>+Shop: page") && diagram.contains("80 ms"))
        #expect(try ensayo.output("run page.mmd").contains("Shop"))
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

    // MARK: Screens

    @Test func textShowsTheScreenOfAStep() throws {
        let screen = try ensayo.output("export orchestration --as text --step one-by-one --at 750ms --size 80x24")
        #expect(lines(screen).count == 24 && screen.contains("One by one") && screen.contains("● 750"))
        let panels = try ensayo.output("export orchestration --as text --step one-by-one --panels sequence,metrics")
        #expect(lines(panels).count == 30 && !panels.contains("ask, wait") && panels.contains("calculate_metrics"))
        let spanish = try ensayo.output("export shop.yaml --as text --panels metrics --language es --ascii")
        #expect(spanish.contains("peticiones") && spanish.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func aSessionHasItsNamedFrames() throws {
        let session = Ensayo.root.appendingPathComponent("Lessons/01-orchestration/replays/wide.replay").path
        let names = try String(contentsOfFile: session, encoding: .utf8).matches(of: /(?m)^frame (\S+)$/).map(\.1)
        let first = try ensayo.output("export \(session) --as text --frame \(names[0])")
        #expect(try ensayo.output("export \(session) --as text") != first)
        expectRefused(
            try ensayo.run("export \(session) --as svg --frame nonsense"), "there is no frame", String(names[0]))
    }

    /// Equal inputs give equal bytes, from one process to the next.
    @Test(arguments: [
        "shop.yaml --as mermaid", "shop.yaml --as chrome-trace", "shop.yaml --as otlp-json", "shop.yaml --as csv",
        "shop.yaml --as json", "shop.yaml --as svg", "shop.yaml --as text", "shop.yaml --as asciicast --to 2s",
        "shop.yaml --as html", "shop.yaml --as markdown", "orchestration --as asciicast --step one-by-one",
        "orchestration --as html --language es", "orchestration --as markdown",
    ])
    func equalInputsGiveEqualBytes(arguments: String) throws {
        let first = try ensayo.output("export \(arguments)")
        #expect(try ensayo.output("export \(arguments)") == first && !first.isEmpty)
    }

    /// A picture or a page says which run it shows.
    @Test(arguments: [
        "chrome-trace", "otlp-json", "csv", "json", "svg", "text", "html", "markdown",
    ])
    func theDigestIsInTheFile(format: String) throws {
        let digest = try ensayo.output("run shop.yaml --digest").dropLast()
        #expect(try ensayo.output("export shop.yaml --as \(format)").contains(digest))
    }

    @Test(arguments: [
        ("shop.yaml --as svg --step x", "--step: error: it means nothing with a scenario file"),
        ("orchestration --as svg --step one-by-on", "did you mean \"one-by-one\"?"),
        ("orchestration --as svg --step one-by-one --seed 3", "--seed: error: it means nothing with --step"),
        ("orchestration --as svg --panels sequense", "did you mean \"sequence\"?"),
        ("orchestration --as svg --size 10x3", "--size: error: \"10x3\" cannot be used here"),
        ("orchestration --as svg --step one-by-one --size 50x10", "needs 60x16"),
        ("orchestration --as html --frame x", "--frame: error: it means nothing with --as html"),
        ("orchestration --as asciicast --session nonsense", "whole-lesson"),
        ("orchestration --as asciicast --speed 0", "--speed: error: expected 0.001"),
        ("orchestration --as json --size 80x24", "--size: error: it means nothing with --as json"),
        ("shop.yaml --as svg --at never", "--at:1:1"),
        ("shop.yaml --as asciicast --from 20s", "--from: error: it is after"),
        ("visit.replay --as html", "svg, text or asciicast"),
        ("visit.replay --as svg --seed 3", "--seed: error: it means nothing with a recorded session"),
        ("visit.replay --as svg", "visit.replay: error: no such file"),
    ])
    func whatMakesNoSenseIsRefused(arguments: String, words: String) throws {
        expectRefused(try ensayo.run("export \(arguments)"), words)
    }
}
