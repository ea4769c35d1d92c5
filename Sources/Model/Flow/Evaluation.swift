import Scenario

/// The saved answers of a flow, by the number that its program gives each name.
final class Environment {
    var slots: [Datum?]

    init(slots: [Datum?]) { self.slots = slots }
}

/// An ``Expression`` whose names are looked up already.
indirect enum Formula {
    case literal(Datum)
    /// `source`: the reference as it is written, for the event that says it is missing.
    case reference(slot: Int, path: ArraySlice<String>, source: String)
    case joined([Formula])

    /// What an expression could not find: the reference as it is written.
    struct Missing: Error {
        var reference: String
    }

    func evaluate(_ environment: Environment) throws(Missing) -> Datum {
        switch self {
        case .literal(let datum): return datum
        case .reference(let slot, let path, let source):
            guard let datum = environment.slots[slot]?.at(path) else { throw Missing(reference: source) }
            return datum
        case .joined(let parts):
            var text = ""
            for part in parts { text += try part.text(environment) }
            return Datum(value: .text(text), depth: 0)
        }
    }

    func text(_ environment: Environment) throws(Missing) -> String {
        let datum = try evaluate(environment)
        guard let text = datum.text else { throw Missing(reference: source) }
        return text
    }

    /// A text that can be a key: an empty one is as good as none.
    func key(_ environment: Environment) throws(Missing) -> String {
        let text = try text(environment)
        if text.isEmpty { throw Missing(reference: source) }
        return text
    }

    func list(_ environment: Environment) throws(Missing) -> Datum {
        let datum = try evaluate(environment)
        if datum.items == nil { throw Missing(reference: source) }
        return datum
    }

    private var source: String {
        switch self {
        case .literal: "literal"
        case .reference(_, _, let source): source
        case .joined(let parts): parts.map { $0.source }.joined()
        }
    }
}
