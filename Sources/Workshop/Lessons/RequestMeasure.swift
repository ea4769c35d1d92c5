import Analysis
import Scenario
import Trace

/// What can be asked of one request: `request.1.overlap.sql.rest`. Backends, servers and caches go by their names.
public enum RequestMeasure: Hashable, Sendable {
    /// From its start to its end.
    case latency
    /// How many calls it made, those of services too.
    case calls
    /// Time that nothing in its trace accounts for.
    case gaps
    /// Time on its critical path that is a backend's own.
    case path(String)
    /// Time in which calls to a backend run and nothing that they hold does.
    case own(String)
    /// From the start of the request to the first call to a backend, to its end, and between the two.
    case start(String)
    case end(String)
    case duration(String)
    /// Time in which calls to both run.
    case overlap(String, String)
    /// How far a backend's clock seems ahead of its caller's, from the first call that was answered.
    case skew(String)

    static let names = ["latency", "calls", "gaps", "path", "self", "span", "overlap", "skew"]

    /// Reads what stands behind the request's number; `nil`: there is no such measure.
    init?(_ words: [String]) {
        switch (words.first, words.count) {
        case ("latency", 1): self = .latency
        case ("calls", 1): self = .calls
        case ("gaps", 1): self = .gaps
        case ("path", 2): self = .path(words[1])
        case ("self", 2): self = .own(words[1])
        case ("skew", 2): self = .skew(words[1])
        case ("overlap", 3): self = .overlap(words[1], words[2])
        case ("span", 3) where words[2] == "start": self = .start(words[1])
        case ("span", 3) where words[2] == "end": self = .end(words[1])
        case ("span", 3) where words[2] == "duration": self = .duration(words[1])
        default: return nil
        }
    }

    var unit: MetricUnit { self == .calls ? .number : .time }

    /// The parts of the system that it names.
    var components: [String] {
        switch self {
        case .latency, .calls, .gaps: []
        case .path(let name), .own(let name), .start(let name), .end(let name), .duration(let name), .skew(let name):
            [name]
        case .overlap(let one, let other): [one, other]
        }
    }

    /// Milliseconds, or a count, as known at a cursor. `nil`: the request has not come so far.
    func value(of request: RequestID, in index: TraceIndex, at cursor: Cursor) -> Double? {
        guard let info = index.request(request)?.clipped(to: cursor), cursor.includes(info.startEvent) else {
            return nil
        }
        let times = SpanTimes(of: request, in: index, at: cursor)
        let spans = index.spans(of: request).filter { cursor.includes($0.startEvent) }
        func id(_ name: String) -> NameID { index.trace.names.find(name) ?? .none }
        func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e6 }
        func first(_ name: String) -> Stretch? {
            let call = spans.first { ($0.kind == .call || $0.kind == .cacheLookup) && $0.component == id(name) }
            return call.flatMap { times[$0.id]?.whole }
        }
        func since(_ moment: VirtualTime?) -> Double? {
            moment.map { milliseconds($0.nanoseconds - info.start.nanoseconds) }
        }
        switch self {
        case .latency: return info.latency.map(milliseconds)
        case .calls: return Double(spans.count { $0.kind == .call })
        case .gaps: return milliseconds(spans.reduce(0) { $0 + (times[$1.id]?.gaps.nanoseconds ?? 0) })
        case .path(let name):
            let own = index.criticalPath(of: request, at: cursor).segments.filter { segment in
                index.span(segment.span).map { $0.component == id(name) && !$0.kind.isOfPolicy } ?? false
            }
            return milliseconds(own.reduce(0) { $0 + $1.nanoseconds })
        case .own(let name):
            let calls = spans.filter { $0.component == id(name) && ($0.kind == .call || $0.kind == .cacheLookup) }
            return milliseconds(calls.flatMap { times[$0.id]?.own ?? [] }.union.nanoseconds)
        case .start(let name): return since(first(name)?.from)
        case .end(let name): return since(first(name)?.to)
        case .duration(let name): return first(name).map { milliseconds($0.nanoseconds) }
        case .overlap(let one, let other): return milliseconds(times.overlap(of: id(one), and: id(other)))
        case .skew(let name):
            let clocks = Clocks(index.trace)
            let skews = spans.lazy.filter { $0.component == id(name) }
                .compactMap { RecordedCall($0, in: index, clocks, at: cursor)?.estimatedSkew }
            return skews.first.map(milliseconds)
        }
    }
}

extension MetricParser {
    /// `request.NUMBER.MEASURE`, where measures name parts of the system.
    mutating func requestFigure(_ parts: [String], at start: Int) throws(MetricSyntaxError) -> Typed {
        var places = [start]
        for part in parts { places.append((places.last ?? start) + part.unicodeScalars.count + 1) }
        guard parts.count > 1, let number = UInt32(parts[1]), number > 0 else {
            throw error(
                "expected the number of a request", at: places[1], suggestion: "the first one is request.1.latency")
        }
        let words = Array(parts.dropFirst(2))
        guard let measure = RequestMeasure(words) else {
            let word = words.first ?? ""
            let hint =
                RequestMeasure.names.contains(word)
                ? "write self.NAME, path.NAME, skew.NAME, overlap.NAME.NAME or span.NAME.start, end or duration"
                : Suggestion.sentence(for: word, in: RequestMeasure.names)
            throw error(
                "unknown measure \(SafeText.quoted(words.joined(separator: "."))) of a request",
                at: min(places[min(2, places.count - 1)], index), suggestion: hint)
        }
        let selector = try selector()
        if let scenario = scope.document(selector.scenario)?.scenario {
            let known = Metric.Kind.backend.names(in: scenario) + Metric.Kind.cache.names(in: scenario)
            for (place, name) in measure.components.enumerated() where !known.contains(name) {
                throw error(
                    "scenario \(SafeText.quoted(selector.scenario)) has no backend or cache \(SafeText.quoted(name))",
                    at: places[3 + place], suggestion: Suggestion.sentence(for: name, in: known))
            }
        }
        let metric = Metric(kind: .request, name: String(number), measure: .request(measure))
        return (.metric(metric, selector), metric.unit)
    }
}
