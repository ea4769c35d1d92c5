import Scenario

/// Data in a run, with the two sizes that have to be bounded: values built from values could outgrow the machine.
struct Datum: Hashable, Sendable {
    var value: Value
    /// At least the levels of lists and maps in it.
    var depth: Int
    /// Whether it stands for an answer that is not there, and that nothing is made of.
    var isOmitted = false

    static let null = Datum(value: .null, depth: 0)
    static let omitted = Datum(value: .null, depth: 0, isOmitted: true)

    /// The most items that one list may be given in a run.
    static let maxItems = 1_000_000
    /// The most levels that a value may be given in a run.
    static let maxDepth = 200

    init(value: Value, depth: Int, isOmitted: Bool = false) {
        self.value = value
        self.depth = depth
        self.isOmitted = isOmitted
    }

    /// Data of the scenario itself, whose depth its reader has bounded.
    init(_ value: Value) { self.init(value: value, depth: Self.depth(value)) }

    private static func depth(_ value: Value) -> Int {
        switch value {
        case .list(let items): 1 + (items.map(depth).max() ?? 0)
        case .map(let fields): 1 + (fields.map { depth($0.value) }.max() ?? 0)
        case .generated: 1
        case .null, .bool, .number, .text: 0
        }
    }

    /// What a path of keys leads to: the fields of maps, and items of lists by their place from 0.
    func at(_ path: ArraySlice<String>) -> Datum? {
        guard let key = path.first else { return self }
        let inner: Value?
        switch value {
        case .map(let fields): inner = fields.first { $0.key == key }?.value
        default: inner = Int(key).flatMap { items?.at($0) }
        }
        return inner.flatMap { Datum(value: $0, depth: depth).at(path.dropFirst()) }
    }

    /// An item of a list; its depth is held to be the list's.
    func item(at index: Int) -> Datum? { items?.at(index).map { Datum(value: $0, depth: depth) } }

    /// The items of a list; `nil` when it is none.
    var items: Items? {
        switch value {
        case .list(let items): .given(items)
        case .generated(let name, let count): .generated(name: name, count: max(count, 0))
        default: nil
        }
    }

    /// A list without the memory for made-up items.
    enum Items {
        case given([Value])
        case generated(name: String, count: Int)

        var count: Int {
            switch self {
            case .given(let items): items.count
            case .generated(_, let count): count
            }
        }

        func at(_ index: Int) -> Value? {
            guard index >= 0, index < count else { return nil }
            switch self {
            case .given(let items): return items[index]
            case .generated(let name, _): return .text("\(name)-\(index + 1)")
            }
        }
    }

    /// The value as part of a text: `nil` for lists, maps and nothing at all.
    var text: String? {
        switch value {
        case .text(let text): text
        case .bool(let bool): bool ? "true" : "false"
        case .number(let number):
            number.rounded() == number && number.magnitude < 0x1p53 ? "\(Int64(number))" : "\(number)"
        case .null, .list, .map, .generated: nil
        }
    }
}
