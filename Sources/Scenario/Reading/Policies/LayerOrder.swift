/// How the layers of a policy are put in order, outermost first.
enum LayerOrder: String, CaseIterable {
    /// As they are written.
    case written
    /// Retry, breaker, rate limit, time-out, bulkhead.
    case resilience4j
    /// .NET's standard handler: rate limit and bulkhead, total time-out, retry, breaker, time-out of one attempt.
    case dotnet

    /// Those that neither names have their usual place: a fallback and a deadline outside all, a hedge beside retry in
    /// .NET, as its hedging handler has it, and inside all in resilience4j, which has none.
    private var keys: [String] {
        switch self {
        case .written: []
        case .resilience4j:
            ["fallback", "deadline", "retry", "breaker", "rateLimit", "timeout", "bulkhead", "hedge"]
        case .dotnet:
            ["fallback", "deadline", "rateLimit", "bulkhead", "timeout", "retry", "hedge", "breaker", "timeout2"]
        }
    }

    /// Layers of one kind keep their order; in .NET's the first time-out is the total one.
    func sorted(_ layers: [Layer]) -> [Layer] {
        if self == .written { return layers }
        func rank(_ layer: Layer) -> Int {
            let kind = LayerName(layer.name).kind
            let isInner = layer.name != kind && keys.contains("\(kind)2")
            return keys.firstIndex(of: isInner ? "\(kind)2" : kind) ?? keys.count
        }
        return layers.enumerated().sorted { left, right in
            (rank(left.element), left.offset) < (rank(right.element), right.offset)
        }
        .map(\.element)
    }
}

/// The name of a layer: its kind, and its number from the second of a kind on.
struct LayerName {
    var kind: String
    /// From 1.
    var number: Int

    init(kind: String, number: Int) {
        self.kind = kind
        self.number = number
    }

    init(_ name: String) {
        let digits = String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        let isNumbered = digits.first != "0" && (Int(digits) ?? 0) >= 2
        kind = isNumbered ? String(name.dropLast(digits.count)) : name
        number = isNumbered ? Int(digits) ?? 1 : 1
    }

    var text: String { number == 1 ? kind : "\(kind)\(number)" }
}
