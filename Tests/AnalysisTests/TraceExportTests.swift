import Analysis
import Testing
import Trace

@Suite struct TraceExportTests {
    // MARK: OTLP

    private func spans(_ json: JSON) -> [(service: String, span: JSON)] {
        guard case .array(let resources)? = json["resourceSpans"] else { return [] }
        return resources.flatMap { resource -> [(service: String, span: JSON)] in
            guard case .array(let attributes)? = resource["resource"]?["attributes"],
                case .string(let service)? = attributes.first?["value"]?["stringValue"],
                case .array(let scopes)? = resource["scopeSpans"], case .array(let spans)? = scopes.first?["spans"]
            else { return [] }
            return spans.map { (service, $0) }
        }
    }

    private func text(_ json: JSON?) -> String {
        if case .string(let text)? = json { text } else { "" }
    }

    @Test func aCallIsAClientSpanAndAServerSpanInsideIt() throws {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        let call = builder.open(1, .callSent, "sql", "get", in: root, value: 2_000_000)
        builder.happen(3, .callArrived, call)
        builder.happen(3, .serviceStarted, call)
        builder.happen(9, .serviceFinished, call, outcome: .failed)
        builder.close(11, call, .failed)
        builder.close(11, root, .failed)
        let digest = builder.trace.digest.description
        let all = spans(OTLPTrace(TraceIndex(builder.trace), startingAt: 1_000_000_000).json)
        #expect(all.map(\.service) == ["web", "web", "sql"])
        #expect(all.map { $0.span["kind"] } == [.integer(1), .integer(3), .integer(2)])
        #expect(all.map { text($0.span["spanId"]) } == ["0000000000000001", "0000000000000002", "1000000000000002"])
        #expect(all.map { text($0.span["parentSpanId"]) } == ["", "0000000000000001", "0000000000000002"])
        #expect(Set(all.map { text($0.span["traceId"]) }) == [digest + "0000000000000001"])
        let server = try #require(all.last).span
        #expect(text(server["startTimeUnixNano"]) == "1003000000" && text(server["endTimeUnixNano"]) == "1009000000")
        #expect(server["status"]?["code"] == .integer(2) && text(server["name"]) == "get")
    }

    @Test func aMessageThatNobodyWaitsForIsAProducerAndAConsumer() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        let message = builder.open(1, .callSent, "audit", "note", in: root)
        builder.happen(1, .callDetached, message)
        builder.close(2, root)
        builder.happen(3, .callArrived, message)
        builder.happen(3, .serviceStarted, message)
        builder.happen(9, .serviceFinished, message, outcome: .ok)
        let all = spans(OTLPTrace(TraceIndex(builder.trace)).json)
        #expect(all.map { $0.span["kind"] } == [.integer(1), .integer(4), .integer(5)])
        #expect(text(all.last?.span["parentSpanId"]) == text(all[1].span["spanId"]))
    }

    @Test func attemptsAndDecisionsArePartOfTheCaller() throws {
        let all = spans(OTLPTrace(TraceIndex(GuardedTrace.make())).json)
        #expect(all.map(\.service) == ["web", "web", "web", "web", "web", "web", "sql", "sql"])
        #expect(
            all.prefix(6).map { text($0.span["name"]) } == ["page", "guarded", "attempt 1", "get", "attempt 2", "get"])
        guard case .array(let events)? = all[1].span["events"] else { return }
        #expect(
            events.map { text($0["name"]) } == [
                "backoffFloor", "backoffCeiling", "retryScheduled", "timeoutFired", "fallbackUsed",
            ])
        #expect(text(events.first?["timeUnixNano"]) == "15000000")
    }

    @Test(arguments: 1..<12) func everySpanHasItsParentAndItsIds(seed: UInt64) {
        let trace =
            seed < 4
            ? RandomTrace.make(seed: seed, requests: 40)
            : seed < 8
                ? RandomPolicyTrace(seed: seed, requests: 40).trace : RandomPoolTrace.make(seed: seed, steps: 200)
        let index = TraceIndex(trace)
        let all = spans(OTLPTrace(index).json)
        let ids = all.map { text($0.span["spanId"]) }
        #expect(Set(ids).count == ids.count && ids.count >= index.spans.count)
        for (_, span) in all {
            let (id, parent, trace) = (text(span["spanId"]), text(span["parentSpanId"]), text(span["traceId"]))
            #expect(id.count == 16 && trace.count == 32 && (id + trace).allSatisfy { $0.isHexDigit && !$0.isUppercase })
            #expect(parent.isEmpty || ids.contains(parent))
            #expect((Int(text(span["startTimeUnixNano"])) ?? .max) <= (Int(text(span["endTimeUnixNano"])) ?? .min))
        }
    }

    // MARK: Chrome

    private func events(_ json: JSON) -> [JSON] {
        if case .array(let events)? = json["traceEvents"] { events } else { [] }
    }

    private func number(_ json: JSON?) -> Double {
        switch json {
        case .number(let value)?: value
        case .integer(let value)?: Double(value)
        default: .nan
        }
    }

    /// Work on one thread of one process nests: viewers draw it wrong otherwise.
    @Test(arguments: 1..<12) func workOnAThreadNests(seed: UInt64) {
        let trace =
            seed < 4
            ? RandomTrace.make(seed: seed, requests: 60)
            : seed < 8
                ? RandomPolicyTrace(seed: seed, requests: 60).trace : RandomPoolTrace.make(seed: seed, steps: 200)
        let index = TraceIndex(trace)
        let events = events(ChromeTrace(index).json)
        let work = events.filter { $0["ph"] == .string("X") }
        #expect(work.count >= index.spans.count)
        var threads: [String: [(from: Double, to: Double)]] = [:]
        for item in work {
            let from = number(item["ts"])
            let to = from + number(item["dur"])
            #expect(from >= 0 && to >= from && number(item["tid"]) >= 1)
            threads["\(number(item["pid"])) \(number(item["tid"]))", default: []].append((from, to))
        }
        for thread in threads.values {
            for (place, one) in thread.enumerated() {
                for other in thread.dropFirst(place + 1) {
                    let isApart = one.to <= other.from || other.to <= one.from
                    let isInside =
                        one.from <= other.from && other.to <= one.to || other.from <= one.from && one.to <= other.to
                    #expect(isApart || isInside)
                }
            }
        }
    }

    /// An arrow is drawn between the two pieces of work that it starts and ends in.
    @Test func arrowsLeadFromCallsToTheirService() {
        let events = events(ChromeTrace(TraceIndex(RandomTrace.make(seed: 11, requests: 40))).json)
        let work = events.filter { $0["ph"] == .string("X") }
        let arrows = events.filter { $0["ph"] == .string("s") || $0["ph"] == .string("f") }
        #expect(!arrows.isEmpty)
        for arrow in arrows {
            let isBound = work.contains { item in
                item["pid"] == arrow["pid"] && item["tid"] == arrow["tid"] && item["args"]?["span"] == arrow["id"]
                    && number(item["ts"]) <= number(arrow["ts"])
                    && number(arrow["ts"]) <= number(item["ts"]) + number(item["dur"])
            }
            #expect(isBound)
        }
    }

    @Test func processesAreNamedAndFaultsAreMarked() {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("dashboard", .flow)
        builder.declare("sql", .backend)
        let root = builder.open(0, .requestStarted, "web", "dashboard")
        builder.call(1, 5, "sql", "get", in: root)
        builder.add(3, .faultStarted, "sql", "down")
        builder.close(6, root)
        let json = ChromeTrace(TraceIndex(builder.trace)).json
        #expect(json["displayTimeUnit"] == .string("ms"))
        let events = events(json)
        func names(_ phase: String) -> [String] {
            events.filter { $0["ph"] == .string(phase) }.map { text($0["name"]) }
        }
        func titles(_ what: String) -> [String] {
            events.filter { $0["name"] == .string(what) }.map { text($0["args"]?["name"]) }
        }
        #expect(titles("process_name") == ["web", "sql"] && titles("thread_name") == ["work 1", "slot 1"])
        #expect(names("i") == ["down"] && names("s") == ["get"] && names("f") == ["get"])
        #expect(names("X") == ["get", "get", "dashboard"])
        let request = events.first { text($0["name"]) == "dashboard" }
        #expect(number(request?["ts"]) == 0 && number(request?["dur"]) == 6000)
    }

    @Test func decisionsAreMarkedWhereTheWorkIs() {
        let events = events(ChromeTrace(TraceIndex(GuardedTrace.make())).json)
        func all(_ phase: String) -> [JSON] { events.filter { $0["ph"] == .string(phase) } }
        let processes = all("M").filter { $0["name"] == .string("process_name") }
        #expect(processes.map { text($0["args"]?["name"]) } == ["web", "sql", "guarded.bulkhead"])
        let marks = all("i").map { text($0["name"]) }
        #expect(
            marks.contains("timeoutFired") && marks.contains("retryScheduled") && !marks.contains("layerConfigured"))
        let work = all("X").filter { text($0["cat"]) != "call" }.map { text($0["name"]) }
        #expect(work == ["attempt 1", "attempt 2", "guarded", "page"])
        let counters = all("C").filter { text($0["name"]) == "guarded.bulkhead" }.map { $0["args"]?.compact ?? "" }
        #expect(counters.first == #"{"inside":0,"queued":1}"# && counters.last == #"{"inside":0,"queued":0}"#)
        let lanes = Set(all("X").filter { $0["pid"] == all("M").first?["pid"] }.map { number($0["tid"]) })
        #expect(lanes == [1])
    }

    /// A selection leaves events out and changes none.
    @Test func aPartOfARunIsAPartOfItsExport() throws {
        let index = TraceIndex(RandomPolicyTrace(seed: 4, requests: 40).trace)
        var selection = TraceSelection(request: RequestID(7), from: .milliseconds(1))
        let all = events(ChromeTrace(index).json)
        let some = events(ChromeTrace(index, selection).json)
        #expect(some.count < all.count / 2 && Set(all).isSuperset(of: some))
        #expect(some.contains { $0["ph"] == .string("X") })
        let whole = spans(OTLPTrace(index).json).map(\.span)
        let part = spans(OTLPTrace(index, selection).json)
        #expect(!part.isEmpty && Set(whole).isSuperset(of: part.map(\.span)))
        #expect(Set(part.map { text($0.span["traceId"]) }).count == 1)
        let service = try #require(part.last).service
        selection.components = index.trace.names.find(service).map { [$0] }
        let few = spans(OTLPTrace(index, selection).json)
        #expect(few.count < part.count && few.allSatisfy { $0.service == service })
    }

    @Test func countersShowTheLoadOfABackend() {
        var builder = TraceBuilder()
        let root = builder.open(0, .requestStarted, "web", "page")
        builder.call(1, 5, "sql", "get", in: root)
        builder.close(6, root)
        let counters = events(ChromeTrace(TraceIndex(builder.trace)).json).filter { $0["ph"] == .string("C") }
        let loads = [#"{"in service":1,"queued":0}"#, #"{"in service":0,"queued":0}"#]
        #expect(counters.map { $0["args"]?.compact } == loads)
    }

    @Test func faultsAreWrittenOnTheCallsOfTheirBackend() {
        var builder = TraceBuilder()
        builder.declare("web", .client)
        builder.declare("sql", .backend)
        let root = builder.open(0, .requestStarted, "web", "page")
        builder.call(1, 5, "sql", "get", in: root)
        builder.add(3, .faultStarted, "sql", "slow")
        builder.close(6, root)
        let names = spans(OTLPTrace(TraceIndex(builder.trace)).json).map { span -> [String] in
            guard case .array(let events)? = span.span["events"] else { return [] }
            return events.map { text($0["name"]) }
        }
        #expect(names.last?.contains("fault started") == true && names.first == [])
    }

    @Test func anEmptyRunIsExportedEmpty() {
        let index = TraceIndex(Trace())
        #expect(OTLPTrace(index).json.compact == #"{"resourceSpans":[]}"#)
        #expect(ChromeTrace(index).json.compact.hasSuffix(#","traceEvents":[]}"#))
        #expect(TraceDiagram(of: RequestID(1), in: index).text == "sequenceDiagram\n")
    }
}
