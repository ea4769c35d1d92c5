/// Which answers the steps of a flow may refer to, at the step being read.
struct FlowScope {
    /// What the request is about: known from the start, and saved by nobody.
    static let key = "key"

    struct Variable {
        var name: String
        /// What the data looks like; `nil`: not known before the run.
        var shape: Value?
        /// Where it comes from: `sql.get_order_details`.
        var origin: String
        var line: Int
    }

    /// A branch of a parallel step: the names that any branch saves, and its own, with how often.
    struct Branch {
        var all: [String: Int]
        var own: [String: Int]
    }

    struct Hidden {
        var name: String
        var reason: String
    }

    private(set) var visible: [Variable] = []
    private var places: [String: Int] = [:]
    /// The branches of parallel steps around the step being read.
    var concurrent: [Branch] = []
    /// Names that were known inside a step that has ended.
    private var hidden: [Hidden] = []
    /// A client that runs the flow without keys.
    var keyless: String?
    /// Every name saved anywhere in the flow.
    var everything: [String] = []

    func variable(_ name: String) -> Variable? { places[name].map { visible[$0] } }

    mutating func show(_ variable: Variable) {
        places[variable.name] = visible.count
        visible.append(variable)
    }

    /// Takes away what was saved since so many names were visible.
    mutating func hide(from start: Int) -> [Variable] {
        let lost = Array(visible[start...])
        visible.removeSubrange(start...)
        for variable in lost { places[variable.name] = nil }
        return lost
    }

    /// Ends the steps that began when so many names were visible: what they saved is no longer known.
    mutating func leave(to start: Int, because reason: String) {
        hidden += hide(from: start).map { Hidden(name: $0.name, reason: reason) }
    }

    /// Whether a step that runs at the same time saves that name.
    func isConcurrent(_ name: String) -> Bool {
        concurrent.contains { ($0.all[name] ?? 0) > ($0.own[name] ?? 0) }
    }

    static func count(_ names: [[String]]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for name in names.joined() { counts[name, default: 0] += 1 }
        return counts
    }

    /// What a reference stands for, or `nil` after a problem was reported.
    func resolve(_ path: [String], at mark: SourceMark, reader: YAMLReader) -> (shape: Value?, origin: String)? {
        guard let variable = variable(path[0]) else {
            if reader.isFull { return nil }
            let (message, suggestion) = unknown(path[0])
            reader.report(message, at: mark, suggestion: suggestion)
            return nil
        }
        guard var shape = variable.shape else { return (nil, variable.origin) }
        for (index, key) in path.enumerated().dropFirst() {
            switch Self.field(key, of: shape) {
            case .found(let value): shape = value
            case .missing(let known):
                let holder = path[..<index].joined(separator: ".")
                reader.report(
                    "$\(holder) has no \(SafeText.quoted(key)); it comes from \(variable.origin)", at: mark,
                    suggestion: Suggestion.sentence(for: key, in: known)
                        ?? (shape == .null ? "add returns: to the operation" : nil))
                return nil
            }
        }
        return (shape, variable.origin)
    }

    private enum Field {
        case found(Value)
        case missing(known: [String])
    }

    private static func field(_ key: String, of value: Value) -> Field {
        switch value {
        case .map(let fields):
            if let field = fields.first(where: { $0.key == key }) { return .found(field.value) }
            return .missing(known: fields.map(\.key))
        case .list(let items):
            if let index = Int(key), items.indices.contains(index) { return .found(items[index]) }
        case .generated(let name, let count):
            if let index = Int(key), (0..<count).contains(index) { return .found(.text("\(name)-\(index + 1)")) }
        default: break
        }
        return .missing(known: [])
    }

    private func unknown(_ name: String) -> (String, String?) {
        let quoted = SafeText.quoted(name)
        if name == Self.key {
            let reason =
                keyless.map { "client \(SafeText.quoted($0)) runs this flow and has no keys" } ?? "there are no keys"
            return ("\(quoted) is not known here: \(reason)", "write keys: NAME in each client of this flow")
        }
        if isConcurrent(name) {
            return (
                "\(quoted) is not known here: that call runs at the same time", "put this step after the parallel one"
            )
        }
        if let hidden = hidden.last(where: { $0.name == name }) {
            return ("\(quoted) is not known here: \(hidden.reason)", "save the result of that step under a name")
        }
        if everything.contains(name) {
            return ("\(quoted) is not known here: the step that saves it comes later", "move that step up")
        }
        let suggestion = Suggestion.sentence(for: name, in: visible.map(\.name))
        return ("nothing is saved as \(quoted)", suggestion ?? "save an answer with as: \(SafeText.line(name))")
    }

    /// The names that steps save, read without checking them. lasting: only those known when the steps have ended.
    static func names(savedIn node: YAMLNode, lasting: Bool) -> [String] {
        if let items = node.items { return items.flatMap { names(savedIn: $0, lasting: lasting) } }
        return (node.entries ?? []).flatMap { entry -> [String] in
            switch entry.key {
            case "as", "save": [entry.value.text ?? ""]
            case "args", "value", "key", "keys", "tags", "changes": []
            case "write" where lasting, "choose" where lasting: []
            case "forEach" where lasting: [entry.value["save"]?.text].compactMap(\.self)
            case "cache" where lasting, "fallback" where lasting: [entry.value["as"]?.text].compactMap(\.self)
            default: names(savedIn: entry.value, lasting: lasting)
            }
        }
    }
}
