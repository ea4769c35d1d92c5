import Analysis
import Foundation
import Testing
import Trace

@Suite struct TraceTableTests {
    private func rows(_ text: String) -> [[String]] {
        text.split(separator: "\r\n").map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func aRequestARow() {
        let rows = rows(TraceTable(TraceIndex(RunReportTests.smallRun())).requests)
        #expect(rows[0] == ["request", "client", "flow", "start_ms", "end_ms", "latency_ms", "outcome"])
        #expect(rows[1] == ["1", "web", "dashboard", "0", "500", "500", "ok"])
        #expect(rows[2] == ["2", "web", "dashboard", "600", "601.5", "1.5", "failed"])
        #expect(rows.count == 3)
    }

    @Test func aSpanARowWithItsMoments() {
        let rows = rows(TraceTable(TraceIndex(RunReportTests.smallRun())).spans)
        #expect(rows.count == 5)
        #expect(rows.allSatisfy { $0.count == 13 })
        #expect(rows[2].prefix(9) == ["2", "1", "1", "call", "sql", "sales", "0", "500", "500"])
    }

    @Test func anEventARow() {
        let trace = RunReportTests.smallRun()
        let rows = rows(TraceTable(TraceIndex(trace)).events)
        #expect(rows.count == trace.events.count + 1 && rows.allSatisfy { $0.count == 11 })
        #expect(rows.last?.first == "\(trace.events.count)")
    }

    /// A request is in a stretch of time that it began before, or goes on after.
    @Test func aStretchHoldsWhatIsUnderWayInIt() {
        let index = TraceIndex(RunReportTests.smallRun())
        func requests(_ from: Double, _ to: Double) -> [String] {
            rows(TraceTable(index, TraceSelection(from: .milliseconds(from), to: .milliseconds(to))).requests)
                .dropFirst().map { $0[0] }
        }
        #expect(requests(100, 200) == ["1"] && requests(500, 600) == ["1", "2"] && requests(510, 590) == [])
    }

    @Test func componentsFilterRows() {
        let trace = RunReportTests.smallRun()
        var selection = TraceSelection()
        selection.components = trace.names.find("sql").map { [$0] }
        let table = TraceTable(TraceIndex(trace), selection)
        #expect(rows(table.spans).dropFirst().allSatisfy { $0[4] == "sql" })
        #expect(rows(table.requests).count == 1)
    }

    /// Read back by a library that we did not write.
    @Test(.enabled(if: Oracle.isReady, "no Python with the oracles: run scripts/test"))
    func hostileNamesStayInTheirFields() throws {
        let name = "a,\"b\"\r\nc\u{1B}[2J,=1+1,\u{202E}x"
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, name, name)
        builder.close(1, root)
        let script = """
            import csv, io, json, sys
            text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
            print(json.dumps(list(csv.reader(text, strict=True))))
            """
        let json = try Oracle.run(script, input: TraceTable(TraceIndex(builder.trace)).requests)
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String]])
        #expect(rows.count == 2 && rows[1].count == 7)
        #expect(rows[1][1] == "a,\"b\"??c?[2J,=1+1,?x")
    }
}
