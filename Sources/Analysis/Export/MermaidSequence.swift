import Trace

/// A request as a Mermaid `sequenceDiagram`, with the times that were measured.
public struct MermaidSequence: Sendable {
    private let index: TraceIndex
    private let diagram: SequenceDiagram
    /// Identifiers for the participants: their own names where Mermaid can read them.
    private let identifiers: [String]

    public init(of request: RequestID, in index: TraceIndex, at cursor: Cursor? = nil) {
        self.init(SequenceDiagram(of: request, in: index, at: cursor), in: index)
    }

    public init(_ diagram: SequenceDiagram, in index: TraceIndex) {
        self.index = index
        self.diagram = diagram
        let names = diagram.participants.map { index.trace.name($0) }
        identifiers = names.enumerated().map { Self.isIdentifier($1) ? $1 : Self.alias($0, avoiding: names) }
    }

    /// Ends with a line feed.
    public var text: String {
        var lines = ["sequenceDiagram"]
        for (identifier, name) in zip(identifiers, diagram.participants) {
            let name = index.trace.name(name)
            lines.append("    participant \(identifier)" + (identifier == name ? "" : " as \(Self.escape(name))"))
        }
        for message in diagram.messages { lines.append("    " + line(message)) }
        for work in diagram.activations where work.kind == .request {
            guard let end = work.to, let outcome = index.request(work.request)?.outcome else { continue }
            let elapsed = RunReport.threeDigits(end.milliseconds - work.from.milliseconds)
            lines.append("    Note over \(identifier(work.participant)): \(Self.word(outcome)) after \(elapsed) ms")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ message: SequenceDiagram.Message) -> String {
        let from = identifier(message.from)
        let to = identifier(message.to)
        let label = Self.escape(index.trace.name(message.label))
        let outcome = Self.word(message.outcome)
        let elapsed = message.elapsed.map { ", \(RunReport.threeDigits(Double($0) / 1e6)) ms" } ?? ""
        return switch message.kind {
        case .call: "\(from)->>+\(to): \(label)"
        case .send: "\(from)\(message.isLost ? "-x" : "-)")\(to): \(label)"
        case .answer:
            "\(from)\(message.isLate ? "--x" : "-->>")-\(to): \(outcome)\(message.isLate ? ", too late" : elapsed)"
        case .abandon: "\(from)-x\(to): \(outcome)\(elapsed)"
        case .wait: "\(from)->>\(to): wait\(elapsed)"
        case .merge: "\(from)->>\(to): merge \(label)"
        case .branch: "Note over \(from): \(label.isEmpty ? "branch \(branch(message))" : label)"
        case .dataMissing: "\(from)-x\(to): missing \(label)"
        case .cacheLookup: "\(from)->>\(to): get \(label)"
        case .cacheHit: "\(from)-->>\(to): hit\(message.isStale ? ", out of date" : "")\(elapsed)"
        case .cacheMiss: "\(from)-->>\(to): miss\(elapsed)"
        case .cacheStore: "\(from)->>\(to): store \(label)"
        case .cacheWrite: "\(from)->>\(to): write \(label)"
        case .cacheInvalidate: "\(from)->>\(to): invalidate \(label)"
        case .drop: "\(from)--x-\(to): dropped, nobody waits for it"
        case .backoff, .giveUp, .timeout, .turnedAway, .held, .copy, .fallback, .breakerChange:
            "Note over \(from): \(decision(message))"
        }
    }

    /// The number of a branch without a label, from 1.
    private func branch(_ message: SequenceDiagram.Message) -> String {
        let place = index.trace[message.event]?.value ?? -1
        return place < 0 ? "none" : "\(place + 1)"
    }

    /// What a policy decides, as a note beside the caller.
    private func decision(_ message: SequenceDiagram.Message) -> String {
        let event = index.trace[message.event]
        let layer = Self.escape(index.trace.name(event?.component ?? .none))
        let label = Self.escape(index.trace.name(message.label))
        let reason = label.isEmpty ? "" : " (\(label))"
        let time = message.elapsed.map { "\(RunReport.threeDigits(Double($0) / 1e6)) ms" } ?? ""
        switch message.kind {
        case .backoff: return "retries in \(time)" + (label == "backoff" ? "" : reason)
        case .giveUp: return "no further attempt\(reason)"
        case .timeout: return "\(layer): time is up after \(time)\(reason)"
        case .turnedAway: return "\(layer): turned away\(reason)"
        case .held: return "\(layer): waits" + (time.isEmpty ? "" : " " + time)
        case .copy: return "\(layer): copy \(event?.value ?? 0)"
        case .fallback: return "answer made up\(reason)" + (time.isEmpty ? "" : ", \(time) old")
        default:
            let verb = event?.kind == .breakerOpened ? "opens" : event?.kind == .breakerClosed ? "closes" : "half-opens"
            return "\(layer) \(verb)\(reason)"
        }
    }

    private func identifier(_ name: NameID) -> String {
        diagram.participants.firstIndex(of: name).map { identifiers[$0] } ?? "p0"
    }

    private static func word(_ outcome: Outcome) -> String {
        switch outcome {
        case .none, .ok: "ok"
        case .failed: "failed"
        case .rejected: "rejected"
        case .refused: "refused"
        case .timedOut: "timed out"
        case .cancelled: "cancelled"
        case .reset: "reset"
        case .unavailable: "503 unavailable"
        case .throttled: "429 throttled"
        case .badRequest: "400 bad request"
        case .unauthorized: "401 unauthorized"
        case .forbidden: "403 forbidden"
        case .notFound: "404 not found"
        case .conflict: "409 conflict"
        case .shortCircuited: "breaker open"
        case .shed: "bulkhead full"
        case .limited: "no permit"
        }
    }

    /// Words of the language itself, which cannot name a participant.
    private static let reserved: Set<String> = [
        "sequencediagram", "participant", "actor", "create", "destroy", "as", "box", "end", "rect", "loop", "opt",
        "alt", "else", "par", "par_over", "and", "critical", "option", "break", "note", "left", "right", "of", "over",
        "activate", "deactivate", "autonumber", "off", "title", "link", "links", "properties", "details", "acctitle",
        "accdescr",
    ]

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first), !reserved.contains(name.lowercased()) else { return false }
        return name.utf8.allSatisfy {
            isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func alias(_ place: Int, avoiding names: [String]) -> String {
        var alias = "p\(place + 1)"
        while names.contains(alias) { alias += "_" }
        return alias
    }

    /// Everything but letters, digits and harmless marks becomes an entity code; control characters a space.
    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isControl {
                result += " "
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || " _-.,()/=+'*!?".unicodeScalars.contains(scalar)
            {
                result.unicodeScalars.append(scalar)
            } else {
                result += "#\(scalar.value);"
            }
        }
        return result
    }
}
